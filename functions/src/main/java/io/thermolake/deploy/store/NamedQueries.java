package io.thermolake.deploy.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.NamedQuery;

/** The named queries of a workgroup, known by their names; Athena itself would take the same name twice. */
public final class NamedQueries {
    private static final int MOST_IN_A_BATCH = 50;

    private final AthenaClient athena;
    private final String workgroup;

    public NamedQueries(AthenaClient athena, String workgroup) {
        this.athena = athena;
        this.workgroup = workgroup;
    }

    /** Makes what is missing, and changes what is there. */
    public void put(String database, Map<String, String> sqlByName) {
        Map<String, String> known = ids();
        sqlByName.forEach((name, sql) -> {
            String id = known.get(name);
            if (id == null) {
                athena.createNamedQuery(b -> b.workGroup(workgroup)
                        .database(database)
                        .name(name)
                        .description(description(sql))
                        .queryString(sql));
            } else {
                athena.updateNamedQuery(b -> b.namedQueryId(id)
                        .name(name)
                        .description(description(sql))
                        .queryString(sql));
            }
        });
    }

    /** Those that are not there are no error. */
    public void delete(Iterable<String> names) {
        Map<String, String> known = ids();
        names.forEach(name -> {
            String id = known.get(name);
            if (id != null) {
                athena.deleteNamedQuery(b -> b.namedQueryId(id));
            }
        });
    }

    /** A file's first line, if it is a comment, says what its query is for. */
    private static String description(String sql) {
        String first = sql.lines().findFirst().orElse("");
        return first.startsWith("--") ? first.substring(2).strip() : "";
    }

    private Map<String, String> ids() {
        List<String> ids = athena.listNamedQueriesPaginator(b -> b.workGroup(workgroup)).stream()
                .flatMap(page -> page.namedQueryIds().stream())
                .toList();
        Map<String, String> byName = new TreeMap<>();
        for (int from = 0; from < ids.size(); from += MOST_IN_A_BATCH) {
            List<String> batch = ids.subList(from, Math.min(ids.size(), from + MOST_IN_A_BATCH));
            for (NamedQuery query :
                    athena.batchGetNamedQuery(b -> b.namedQueryIds(batch)).namedQueries()) {
                byName.put(query.name(), query.namedQueryId());
            }
        }
        return byName;
    }
}
