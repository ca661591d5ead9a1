package io.embedim.conversation;

/** Why an append was refused. Nothing was appended and nothing will be; asking again gives the same answer until something else has changed. */
public enum Refusal implements Outcome {
    /** The sender has used this id in this conversation for something else. */
    ID_TAKEN,
    /** There is no such message: never was, or the log has let go of it. */
    NO_SUCH_MESSAGE,
    /** The message has another revision by now. */
    REVISION_CHANGED,
    /** The message has been recalled. */
    RECALLED,
    /** The message is somebody else's. */
    NOT_YOURS,
    /** The membership under which it was allowed has ended or changed. */
    NOT_A_MEMBER
}
