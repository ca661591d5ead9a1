package io.embedim.internal.codec;

import static io.embedim.internal.codec.JsonCase.bad;
import static io.embedim.internal.codec.JsonCase.refused;

import java.util.List;

/** Texts whose structure is no JSON, or is deeper than the limit. */
final class MalformedStructures {

    static final List<JsonCase> CASES = List.of(
            bad("structure_no_data", ""),
            bad("structure_single_space", " "),
            bad("structure_newlines_only", "\r\n\n"),
            bad("structure_100000_opening_arrays", "[".repeat(100_000)),
            bad("structure_angle_bracket_dot", "<.>"),
            bad("structure_angle_bracket_null", "[<null>]"),
            bad("structure_array_trailing_garbage", "[1]x"),
            bad("structure_array_with_extra_array_close", "[1]]"),
            bad("structure_array_with_unclosed_string", "[\"asd]"),
            bad("structure_ascii_unicode_identifier", "aå"),
            bad("structure_capitalized_true", "[True]"),
            bad("structure_close_unopened_array", "1]"),
            bad("structure_comma_instead_of_closing_brace", "{\"x\": true,"),
            bad("structure_double_array", "[][]"),
            bad("structure_double_object", "{}{}"),
            bad("structure_object_then_array", "{}[]"),
            bad("structure_object_then_number", "{} 1"),
            bad("structure_two_numbers", "1 2"),
            bad("structure_end_array", "]"),
            bad("structure_end_object", "}"),
            bad("structure_lone_open_bracket", "["),
            bad("structure_lone_open_object", "{"),
            bad("structure_lone_comma", ","),
            bad("structure_lone_colon", ":"),
            bad("structure_no_break_space", "[\u00a0]"),
            bad("structure_null_byte_outside_string", "[\0]"),
            bad("structure_null_byte_behind", "{}\0"),
            bad("structure_null_byte_before", "\0{}"),
            bad("structure_number_with_trailing_garbage", "2@"),
            bad("structure_object_followed_by_closing_object", "{}}"),
            bad("structure_object_unclosed_no_value", "{\"\":"),
            bad("structure_object_with_comment", "{\"a\":/*comment*/\"b\"}"),
            bad("structure_object_with_line_comment", "{\"a\":1 // one\n}"),
            bad("structure_leading_comment", "/* */{}"),
            bad("structure_object_with_trailing_garbage", "{\"a\": true} \"x\""),
            bad("structure_open_array_apostrophe", "['"),
            bad("structure_open_array_comma", "[,"),
            bad("structure_open_array_open_object", "[{"),
            bad("structure_open_array_open_string", "[\"a"),
            bad("structure_open_array_string", "[\"a\""),
            bad("structure_open_object_close_array", "{]"),
            bad("structure_open_object_comma", "{,"),
            bad("structure_open_object_open_array", "{["),
            bad("structure_open_object_open_string", "{\"a"),
            bad("structure_open_object_string_with_apostrophes", "{'a'"),
            bad("structure_open_open", "[\"\\{[\"\\{[\"\\{[\"\\{"),
            bad("structure_single_star", "*"),
            bad("structure_trailing_hash", "{\"a\":\"b\"}#{}"),
            bad("structure_u2060_word_joined", "[\u2060]"),
            bad("structure_uescaped_lf_before_string", "[\\u000A\"\"]"),
            bad("structure_unclosed_array", "[1"),
            bad("structure_unclosed_array_partial_null", "[ false, nul"),
            bad("structure_unclosed_array_unfinished_false", "[ true, fals"),
            bad("structure_unclosed_object", "{\"asd\":\"asd\""),
            bad("structure_whitespace_formfeed", "[\f]"),
            bad("structure_whitespace_vertical_tab", "[\013]"),
            bad("structure_next_line", "{}\u0085"),
            bad("structure_line_separator", "{\u2028}"),
            bad("structure_bom_only", "\uFEFF"),
            bad("structure_bom_inside", "{\uFEFF}"),
            refused("structure_bom_empty_object", "\uFEFF{}"),
            refused("structure_500_nested_arrays", "[".repeat(500) + "]".repeat(500)),
            refused("structure_500_nested_objects", "{\"a\":".repeat(500) + "1" + "}".repeat(500)));

    private MalformedStructures() {}
}
