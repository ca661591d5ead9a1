package io.embedim.internal.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol S3: which repetitions are the same. */
class HashesTest {

    private static final String ID = "'id':'" + Readers.ID + "',";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'event':'speak','conv':'g:7','content':'hi'",
                "'event':'speak','group_id':'7','content':'hi'",
                "'content':'hi','mode':2,'group_id':7,'event':'speak'",
                "'event':'speak','group_id':7,'type':'text','content':'\\u0068i'",
                "'event':'speak','group_id':7,'content':'hi','mentions':[],'reply_to':null",
                "'event':'speak','group_id':7,'content':'hi','x':1,'ext':{'y':2},'from_user_id':'ann','from_username':'Ann'"
            })
    void theSameInOtherSpellings(String members) {
        assertThat(hash(members)).isEqualTo(hash("'event':'speak','group_id':7,'content':'hi'"));
    }

    @Test
    void theIdAndTheRevisionAreNotCovered() {
        String edit = "'event':'edit','group_id':7,'content':'x','target':{'seq':1,'mid':'m'},'base_rev':";
        String other = "{'event':'speak','id':'another-id-of-a-user','group_id':7,'content':'hi'}";

        assertThat(hash(edit + 0)).isEqualTo(hash(edit + 1));
        assertThat(((Request.Writing) Readers.read(other)).hash())
                .isEqualTo(hash("'event':'speak','group_id':7,'content':'hi'"));
    }

    @Test
    void aPairIsTheSameHoweverItIsNamed() {
        assertThat(hash("'event':'speak','to_user_id':'bob','content':'hi'"))
                .isEqualTo(hash("'event':'speak','conv':'p:3:ann:bob','content':'hi'"));
    }

    @Test
    void allThatIsSaidMakesADifference() {
        List<String> frames = List.of(
                "'event':'speak','group_id':7,'content':'hi'",
                "'event':'speak','group_id':7,'content':'hi '",
                "'event':'speak','group_id':7,'content':'Hi'",
                "'event':'speak','group_id':8,'content':'hi'",
                "'event':'speak','group_id':'07','content':'hi'",
                "'event':'speak','to_user_id':'7','content':'hi'",
                "'event':'speak','group_id':7,'type':'custom','content':'hi','body':{}",
                "'event':'speak','group_id':7,'type':'custom','content':'hi','body':{'a':1}",
                "'event':'speak','group_id':7,'type':'custom','content':'hi','body':{'a':1.0}",
                "'event':'speak','group_id':7,'type':'custom','content':'hi','body':{'a':1,'b':2}",
                "'event':'speak','group_id':7,'type':'custom','content':'hi','body':{'b':2,'a':1}",
                "'event':'speak','group_id':7,'type':'custom','body':{'a':'1'}",
                "'event':'speak','group_id':7,'content':'hi','body':{}",
                "'event':'speak','group_id':7,'content':'hi','mentions':['bob']",
                "'event':'speak','group_id':7,'content':'hi','mentions':['bob','ann']",
                "'event':'speak','group_id':7,'content':'hi','mentions':['bob\\',\\'ann']",
                "'event':'speak','group_id':7,'content':'hi','reply_to':{'seq':1,'mid':'m'}",
                "'event':'speak','group_id':7,'content':'hi','reply_to':{'seq':2,'mid':'m'}",
                "'event':'speak','group_id':7,'content':'hi','reply_to':{'seq':1,'mid':'n'}",
                "'event':'edit','group_id':7,'content':'hi','base_rev':0,'target':{'seq':1,'mid':'m'}",
                "'event':'edit','group_id':7,'content':'hi','base_rev':0,'target':{'seq':2,'mid':'m'}",
                "'event':'edit','group_id':7,'content':'hi','base_rev':0,'target':{'seq':1,'mid':'n'}",
                "'event':'recall','group_id':7,'base_rev':0,'target':{'seq':1,'mid':'m'}",
                "'event':'recall','group_id':7,'base_rev':0,'target':{'seq':1,'mid':'n'}");
        Set<String> hashes = new HashSet<>();

        frames.forEach(frame -> hashes.add(hash(frame)));

        assertThat(hashes).hasSameSizeAs(frames).allMatch(hash -> hash.matches("[A-Za-z0-9_-]{22}"));
    }

    private static String hash(String members) {
        return ((Request.Writing) Readers.read("{" + ID + members + "}")).hash();
    }
}
