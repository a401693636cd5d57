package org.stonechat.analytics.report;

import java.io.IOException;
import java.util.List;

import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.blob.FileNames;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// Reports as CSV (RFC 4180): a header line, then a line per row.
///
/// Most of these files are opened with a spreadsheet, which takes words that begin like a formula for one, and
/// runs it. Such words, which anybody may have chosen, get an apostrophe in front; numbers stay numbers.
public final class Csv {

    public static final String MEDIA_TYPE = "text/csv";

    private static final CsvMapper MAPPER = CsvMapper.csvBuilder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addSerializer(String.class, new Words()))
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Csv() {}

    private static final class Words extends StdSerializer<String> {

        private static final long serialVersionUID = 1L;

        /// The wide forms are what some keyboards of East Asia write instead.
        private static final String BEGINS_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

        Words() {
            super(String.class);
        }

        @Override
        public void serialize(String value, JsonGenerator out, SerializerProvider context) throws IOException {
            boolean formula = !value.isEmpty() && BEGINS_FORMULA.indexOf(value.charAt(0)) >= 0;
            out.writeString(formula ? "'" + value : value);
        }
    }

    /// @param name of the file, without its ending
    /// @param shape a flat record; its components are the columns
    public static <T> RestResponse<String> download(String name, Class<T> shape, List<T> rows) {
        return RestResponse.ResponseBuilder.ok(write(shape, rows))
                .header(HttpHeaders.CONTENT_DISPOSITION, FileNames.download(name + ".csv"))
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /// @param shape a flat record; its components are the columns
    static <T> String write(Class<T> shape, List<T> rows) {
        CsvSchema schema = MAPPER.schemaFor(shape).withHeader().withLineSeparator("\r\n");
        try {
            return MAPPER.writer(schema).writeValueAsString(rows);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a report cannot be written as CSV", failure);
        }
    }
}
