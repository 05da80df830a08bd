import com.amazonaws.services.glue.GlueContext
import com.amazonaws.services.glue.util.GlueArgParser
import org.apache.spark.SparkContext

/**
 * The jobs' script on Glue: the work is in the Java class that --job_class names, in the jar that --extra-jars brings. A job
 * with a connection gets its address and credentials from the connection's secret, which only Glue's own library reads.
 */
object GlueApp {
  def main(arguments: Array[String]): Unit = {
    val options = GlueArgParser.getResolvedOptions(arguments, Array("job_class"))
    val job = Class.forName(options("job_class"))
    val at = arguments.indexOf("--connection_name")
    if (at < 0) {
      job.getMethod("main", classOf[Array[String]]).invoke(null, arguments)
    } else {
      val glue = new GlueContext(SparkContext.getOrCreate())
      val jdbc = glue.extractJDBCConf(arguments(at + 1))
      job.getMethod("run", classOf[Array[String]], classOf[String], classOf[String], classOf[String])
        .invoke(null, arguments, jdbc("fullUrl"), jdbc("user"), jdbc("password"))
    }
  }
}
