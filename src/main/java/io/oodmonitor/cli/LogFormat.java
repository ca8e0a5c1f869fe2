package io.oodmonitor.cli;

/** What the log looks like; in the case that a user types. */
enum LogFormat {
    /** Lines for people. */
    text("classpath:log4j2.properties"),
    /** One JSON object a line, in the names of the Elastic Common Schema. */
    json("classpath:log4j2.properties,classpath:log4j2-json.properties");

    private static final String CONFIGURATION = "log4j2.configurationFile";

    private final String configuration;

    LogFormat(String configuration) {
        this.configuration = configuration;
    }

    /** Before the first event is logged. */
    void use() {
        System.setProperty(CONFIGURATION, configuration);
    }

    /** Whether everything that a command tells is to be an event in the log. */
    static boolean isJson() {
        return json.configuration.equals(System.getProperty(CONFIGURATION));
    }
}
