package io.thermolake.deploy;

import io.thermolake.report.NamedQuery;
import io.thermolake.report.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code Custom::AthenaQueries} makes: the report's queries under their names, and the views. */
final class ReportSql {
    private ReportSql() {}

    static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        NamedQuery.ALL.forEach(q -> queries.put(q.name(), q.sql()));
        return queries;
    }

    static Map<String, String> views() {
        Map<String, String> views = new LinkedHashMap<>();
        View.ALL.forEach(v -> views.put(v.name(), v.statement()));
        return views;
    }

    static List<String> queryNames() {
        return NamedQuery.ALL.stream().map(NamedQuery::name).toList();
    }

    static List<String> viewNames() {
        return View.ALL.stream().map(View::name).toList();
    }
}
