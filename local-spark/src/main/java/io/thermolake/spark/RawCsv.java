package io.thermolake.spark;

import io.thermolake.reading.RawFile;
import io.thermolake.reading.RawKeys;
import io.thermolake.reading.RawRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Folders of CSV as Glue reads them: each file by its own header, since a DynamicFrame's records describe themselves. Spark's
 * own reader takes the first file's header for all of them. Columns are named in lower case, and values are texts. Files
 * are read with the reader that the room job has, in parallel and never whole. A row that does not fit its header is its
 * text in its file's first column, or in the first of all.
 */
final class RawCsv {
    private static final int MOST_COLUMNS = 2000;

    private RawCsv() {}

    /** @param columns in lower case */
    static Dataset<Row> read(SparkSession spark, List<String> folders, List<String> columns) {
        StructType schema = new StructType();
        for (String column : columns) {
            schema = schema.add(column, DataTypes.StringType);
        }
        return spark.createDataFrame(each(spark, folders).flatMap(file -> new Rows(file, columns)), schema);
    }

    /**
     * The columns of all files, in lower case.
     *
     * @throws IllegalArgumentException when there are more than Spark can plan with
     */
    static List<String> headers(SparkSession spark, List<String> folders) {
        Set<String> columns = new LinkedHashSet<>();
        each(spark, folders).map(RawCsv::header).collect().forEach(columns::addAll);
        if (columns.size() > MOST_COLUMNS) {
            throw new IllegalArgumentException(
                    "The CSV files in %s have %d columns, and the laptop's graphs take %d; choose yours with ApplyMapping"
                            .formatted(folders, columns.size(), MOST_COLUMNS));
        }
        return columns.isEmpty() ? List.of("col0") : List.copyOf(columns);
    }

    private static JavaRDD<String> each(SparkSession spark, List<String> folders) {
        List<String> files = files(folders, spark.sparkContext().hadoopConfiguration());
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return context.parallelize(files, Math.max(1, Math.min(files.size(), 4 * context.defaultParallelism())));
    }

    private static List<String> files(List<String> folders, Configuration hadoop) {
        List<String> files = new ArrayList<>();
        for (String folder : folders) {
            try {
                Path root = new Path(folder);
                FileSystem system = root.getFileSystem(hadoop);
                RemoteIterator<LocatedFileStatus> all = system.listFiles(root, true);
                while (all.hasNext()) {
                    LocatedFileStatus file = all.next();
                    if (file.getLen() > 0
                            && RawKeys.isData(file.getPath().toUri().getPath())) {
                        files.add(file.getPath().toString());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("listing " + folder + " failed", e);
            }
        }
        files.sort(null);
        return files;
    }

    private static RawFile open(String file) {
        try {
            Path path = new Path(file);
            Configuration hadoop = SparkHadoopUtil.get().conf();
            return new RawFile(path.getFileSystem(hadoop).open(path), "csv");
        } catch (IOException e) {
            throw new UncheckedIOException("opening " + file + " failed", e);
        }
    }

    private static List<String> header(String file) throws IOException {
        try (RawFile raw = open(file)) {
            return raw.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .distinct()
                    .toList();
        }
    }

    private static final class Rows implements Iterator<Row> {
        private final String name;
        private final RawFile file;
        private final List<String> columns;
        private final int first;

        Rows(String name, List<String> columns) {
            this.name = name;
            this.file = open(name);
            this.columns = columns;
            List<String> header = file.columns();
            this.first = header.isEmpty()
                    ? 0
                    : Math.max(0, columns.indexOf(header.get(0).toLowerCase(Locale.ROOT)));
        }

        @Override
        public boolean hasNext() {
            boolean more = file.hasNext();
            if (!more) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new UncheckedIOException("closing " + name + " failed", e);
                }
            }
            return more;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException(name + " has no more records");
            }
            RawRecord record = file.next();
            Object[] values = new Object[columns.size()];
            if (record.fields() == null) {
                values[first] = record.text();
            } else {
                for (int i = 0; i < values.length; i++) {
                    String value = record.value(columns.get(i));
                    values[i] = value.isEmpty() ? null : value;
                }
            }
            return RowFactory.create(values);
        }
    }
}
