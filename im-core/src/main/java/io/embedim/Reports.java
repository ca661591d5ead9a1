package io.embedim;

import io.embedim.cluster.CommandReply;
import io.embedim.internal.routing.Drain;
import io.embedim.internal.routing.Reached;
import io.embedim.model.ImException;

/** From what the nodes answered to what the application is told. */
final class Reports {

    private Reports() {}

    static SendReport sent(Reached reached) {
        CommandReply sum = reached.sum();
        return new SendReport(sum.done(), sum.closed(), sum.overflowed(), reached.unreached());
    }

    static ChangeReport changed(Reached reached) {
        CommandReply sum = reached.sum();
        return new ChangeReport(
                sum.done(), sum.unchanged(), sum.closed(), sum.failed(), sum.failure(), reached.unreached());
    }

    static DrainReport drained(Drain.Result result) {
        return new DrainReport(result.closed(), result.cut());
    }

    /** For a single connection: yes, no, or an exception where that is not known. */
    static boolean one(ChangeReport report, boolean unchangedIsTrue) {
        if (report.failed() > 0) {
            throw new ImException("the connection is as it was: " + report.failure());
        }
        if (report.changed() > 0 || (unchangedIsTrue && report.unchanged() > 0)) {
            return true;
        }
        if (!report.unreached().isEmpty() && report.unchanged() == 0 && report.closed() == 0) {
            throw new ImException("unknown: no node that answered has the connection, but these did not answer: "
                    + report.unreached());
        }
        return false;
    }
}
