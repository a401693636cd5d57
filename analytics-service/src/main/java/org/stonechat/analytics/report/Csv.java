package org.stonechat.analytics.report;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// Reports as CSV (RFC 4180): a header line, then a line per row.
public final class Csv {

    public static final String MEDIA_TYPE = "text/csv";

    private static final CsvMapper MAPPER = CsvMapper.csvBuilder()
            .addModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Csv() {}

    /// @param shape a flat record; its components are the columns
    public static <T> String write(Class<T> shape, List<T> rows) {
        CsvSchema schema = MAPPER.schemaFor(shape).withHeader().withLineSeparator("\r\n");
        try {
            return MAPPER.writer(schema).writeValueAsString(rows);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a report cannot be written as CSV", failure);
        }
    }
}
