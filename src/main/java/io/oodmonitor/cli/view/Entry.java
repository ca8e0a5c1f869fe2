package io.oodmonitor.cli.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * One record, ready to be shown.
 *
 * @param source whose images it is about, if it is about one source's
 * @param cells  its line
 * @param json   all of it
 */
public record Entry(Optional<String> source, List<String> cells, ObjectNode json) {}
