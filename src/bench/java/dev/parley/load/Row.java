package dev.parley.load;

/**
 * One line of a table.
 *
 * @param perSecond answers a second; for memory, MiB
 * @param reference what the reference of the same size did a second; 0 for none
 * @param p50 milliseconds, as p95 and p99
 * @param cpuMillis processor time of application and database for an answer, in milliseconds
 */
record Row(double perSecond, double reference, double p50, double p95, double p99, double cpuMillis) {

    static Row of(Wrk.Run run, double reference, double cpuMillis) {
        return new Row(run.perSecond(), reference, run.p50(), run.p95(), run.p99(), cpuMillis);
    }

    /** Of the reference's rate; NaN where there is none. */
    double share() {
        return reference == 0 ? Double.NaN : perSecond / reference;
    }
}
