package io.embedim.jdbc;

import io.embedim.conversation.Directory;
import io.embedim.conversation.Watermarks;
import io.embedim.session.Memberships;
import io.embedim.testkit.contract.DirectoryContract;
import io.embedim.testkit.contract.MembershipsContract;
import io.embedim.testkit.contract.WatermarksContract;

/** The contracts of what a broker keeps beside the log. */
interface BookContract extends DirectoryContract, WatermarksContract, MembershipsContract {

    /** On an empty database; closed after the test. */
    JdbcBroker broker();

    @Override
    default Directory emptyDirectory() {
        return broker().directory();
    }

    @Override
    default Watermarks emptyWatermarks() {
        return broker().watermarks();
    }

    @Override
    default Memberships emptyMemberships() {
        return broker().memberships();
    }
}
