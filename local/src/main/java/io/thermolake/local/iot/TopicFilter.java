package io.thermolake.local.iot;

/** An MQTT topic filter: {@code +} stands for one level, {@code #} at the end for all that follow and for none. */
record TopicFilter(String text) {
    TopicFilter {
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].contains("+") || levels[i].contains("#");
            if (text.isEmpty()
                    || (wild && levels[i].length() > 1)
                    || (levels[i].equals("#") && i < levels.length - 1)) {
                throw new RuleException(
                        "'" + text + "' is no topic filter: '+' and '#' stand for whole levels, '#' last");
            }
        }
    }

    boolean matches(String topic) {
        String[] wanted = text.split("/", -1);
        String[] given = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i == given.length || !(wanted[i].equals("+") || wanted[i].equals(given[i]))) {
                return false;
            }
        }
        return wanted.length == given.length;
    }
}
