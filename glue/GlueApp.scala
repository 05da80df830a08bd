import java.lang.reflect.InvocationTargetException

/**
 * The jobs' script. Glue compiles it whenever a run starts, so it is nothing but the way to the Java class that --job_class
 * names, in the jar that --extra-jars brings. It sees neither Spark nor Glue's library: what only some jobs need must not
 * keep the others from compiling.
 */
object GlueApp {
  def main(arguments: Array[String]): Unit = {
    val at = arguments.indexOf("--job_class") + 1
    if (at == 0 || at == arguments.length) {
      throw new IllegalArgumentException("The job argument --job_class is missing; it names the job's Java class")
    }
    val main = Class.forName(arguments(at)).getMethod("main", classOf[Array[String]])
    try {
      main.invoke(null, arguments)
    } catch {
      // Glue shows the message of what ended a run, and this one has none.
      case e: InvocationTargetException => throw e.getCause
    }
  }
}
