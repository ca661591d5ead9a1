package io.embedim.redis;

import io.embedim.conversation.Directory;

/** What one node has changed the other one sees. */
class RedisDirectoriesOfTwoNodesTest extends RedisDirectoryContractTest {

    @Override
    public Directory emptyDirectory() {
        return Alternating.between(
                Directory.class, super.emptyDirectory(), another().directory());
    }
}
