package io.embedim.testkit.contract;

import io.embedim.conversation.Directory;
import io.embedim.conversation.InMemoryDirectory;
import io.embedim.runtime.ThreadRuntime;
import org.junit.jupiter.api.AfterEach;

class InMemoryDirectoryContractTest implements DirectoryContract {

    private final ThreadRuntime runtime = ThreadRuntime.start();

    @AfterEach
    void end() {
        runtime.close();
    }

    @Override
    public Directory emptyDirectory() {
        return new InMemoryDirectory(runtime);
    }
}
