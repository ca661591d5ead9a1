package io.embedim.bench.compare.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Results as files of one directory: machine.json, a line for each run in runs.jsonl, and what JMH wrote. Each run is in its file as soon as it is over. */
public final class ResultFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path directory;

    /**
     * The files of a directory.
     *
     * @param directory need not be there
     */
    public ResultFiles(Path directory) {
        this.directory = directory;
    }

    /** JMH's file for the core. */
    public Path core() {
        return directory.resolve("core.json");
    }

    /** JMH's file for the core that grows. */
    public Path scaling() {
        return directory.resolve("core-scaling.json");
    }

    /** The file with a line for each run. */
    public Path runs() {
        return directory.resolve("runs.jsonl");
    }

    /**
     * Begins with no runs.
     *
     * @param machine what they will run on
     * @throws IOException if it cannot be written
     */
    public void begin(Machine machine) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("machine.json"),
                MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(machine));
        Files.writeString(runs(), "");
    }

    /**
     * Keeps a run.
     *
     * @param run that has ended, well or not
     * @throws IOException if it cannot be written
     */
    public void add(Run run) throws IOException {
        Files.writeString(runs(), MAPPER.writeValueAsString(run) + "\n", StandardOpenOption.APPEND);
    }

    /**
     * Reads all of them.
     *
     * @throws IOException if they cannot be read
     */
    public Results read() throws IOException {
        if (!Files.exists(runs())) {
            throw new IllegalArgumentException(
                    "expected the results of a comparison in " + directory + ", with a file runs.jsonl; there is none");
        }
        Path facts = directory.resolve("machine.json");
        Machine machine =
                Files.exists(facts) ? MAPPER.readValue(Files.readString(facts), Machine.class) : Machine.unknown();
        return new Results(
                machine, readRuns(), BenchmarkFile.read(MAPPER, core()), BenchmarkFile.read(MAPPER, scaling()));
    }

    private List<Run> readRuns() throws IOException {
        List<Run> all = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(runs())) {
            number++;
            if (line.isBlank()) continue;
            try {
                all.add(MAPPER.readValue(line, Run.class));
            } catch (JacksonException e) {
                throw new IllegalArgumentException(
                        "expected a run as JSON in line " + number + " of " + runs() + "; got: "
                                + line.substring(0, Math.min(80, line.length())),
                        e);
            }
        }
        return all;
    }
}
