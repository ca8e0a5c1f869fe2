package io.oodmonitor.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oodmonitor.evaluation.Evaluation;
import io.oodmonitor.evaluation.Figure;
import io.oodmonitor.evaluation.MethodScores;
import io.oodmonitor.evaluation.ResultTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    private Path folder;

    @Test
    void shouldBeWellFormedAndNeedNothingElse() throws IOException {
        Parser parser = Parser.htmlParser().setTrackErrors(100);
        Evaluation evaluation = Samples.random(3, 2, 100);
        Document page = Jsoup.parse(HtmlReport.html(evaluation, ResultTable.of(evaluation)), parser);

        assertThat(parser.getErrors()).isEmpty();
        assertThat(page.select("[src], link[href^=http], a[href^=http]")).isEmpty();
        assertThat(page.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        for (Element labelled : page.select("[aria-labelledby]")) {
            assertThat(page.getElementById(labelled.attr("aria-labelledby"))).isNotNull();
        }
        assertThat(page.select("table")).allSatisfy(table -> {
            assertThat(table.select("caption")).hasSize(1);
            assertThat(table.select("th:not([scope])")).isEmpty();
        });
    }

    @Test
    void shouldShowTheFiguresOfTheTable() throws IOException {
        Evaluation evaluation = Samples.random(4, 3, 300);
        ResultTable table = ResultTable.of(evaluation);
        Document page = Jsoup.parse(HtmlReport.html(evaluation, table));

        for (int r = 0; r < table.rows().size(); r++) {
            ResultTable.Row row = table.rows().get(r);
            Element shown = page.select("#paper tbody tr").get(r);
            assertThat(shown.select("th .name").text()).isEqualTo(row.method());
            assertThat(shown.select("td").eachText()).containsExactlyElementsOf(IntStream.range(0, table.columns())
                    .boxed().flatMap(column -> List.of(Figure.FPR95, Figure.AUROC).stream().map(figure ->
                            figure.text(row.column(column)) + (table.isBest(row, figure, column) ? " best" : "")))
                    .toList());
            assertThat(shown.select(".tag").text().contains("best")).isEqualTo(row.method().equals(table.best()));
            assertThat(shown.hasClass("own")).isEqualTo(r == 0);
            for (int column = 0; column < table.columns(); column++) {
                assertThat(page.select("#figures tbody").get(column).select("tr").get(r + 1).select("td").get(4).text())
                        .startsWith(Figure.DETECTION_ERROR.text(row.column(column)));
            }
        }
    }

    @Test
    void shouldSayHowFarToTrustTheBundlesOwnMethod() throws IOException {
        Evaluation evaluation = Samples.small();
        Document page = Jsoup.parse(HtmlReport.html(evaluation, ResultTable.of(evaluation)));

        assertThat(page.select(".verdict").get(1).text()).isEqualTo("fish Partial 50% pass unnoticed At the threshold "
                + "that keeps 95% of your images, 50% of fish would pass as yours (1 of 2).");
        assertThat(page.select("h1").text()).isEqualTo("toy 1");
        assertThat(page.select(".facts").text()).contains("dice@90", "94.50 %", "6 in 2 sets", "1,235 images/s");
    }

    @Test
    void shouldKeepNamesFromBecomingMarkup() throws IOException {
        String hostile = "</script><script>alert(1)</script><img src=x onerror='a'>\"{{page}}&amp;\u2028";
        Evaluation small = Samples.small();
        List<MethodScores> methods = List.of(new MethodScores(hostile, 1, false, small.methods().get(0).id(),
                small.methods().get(0).ood()));
        Evaluation evaluation = new Evaluation(hostile, hostile, hostile, small.accuracy(), List.of(hostile, "b"),
                methods, 1);
        Document page = Jsoup.parse(HtmlReport.html(evaluation, ResultTable.of(evaluation)));

        assertThat(page.select("script")).hasSize(3);
        assertThat(page.select("img, [onerror]")).isEmpty();
        assertThat(page.select("h1").get(0).wholeText()).isEqualTo(hostile);
        assertThat(page.select(".verdict h3").get(0).wholeText()).isEqualTo(hostile);
        JsonNode data = new ObjectMapper().readTree(page.getElementById("data").data());
        assertThat(data.at("/sets/0/name").asText()).isEqualTo(hostile);
        assertThat(data.at("/methods/0/name").asText()).isEqualTo(hostile);
    }

    @Test
    void shouldHandTheScriptEveryScoreBinned() throws IOException {
        Evaluation evaluation = Samples.random(2, 2, 400);
        JsonNode data = new ObjectMapper().readTree(ChartData.json(evaluation, ResultTable.of(evaluation)));

        for (JsonNode method : data.path("methods")) {
            assertThat(IntStream.range(0, 60).map(i -> method.path("id").get(i).asInt()).sum()).isEqualTo(400);
            for (JsonNode set : method.path("sets")) {
                assertThat(IntStream.range(0, 60).map(i -> set.path("counts").get(i).asInt()).sum()).isEqualTo(400);
                assertThat(set.path("truePositiveRates")).hasSameSizeAs(data.path("falsePositiveRates"));
            }
        }
        assertThat(data.at("/methods/0/kept").asInt()).isEqualTo(380);
    }

    @Test
    void shouldStaySmallForManyImages() throws IOException {
        Evaluation evaluation = Samples.random(13, 8, 50_000);

        HtmlReport.write(folder.resolve("r.html"), evaluation, ResultTable.of(evaluation));

        assertThat(Files.size(folder.resolve("r.html"))).isLessThan(400_000);
    }
}
