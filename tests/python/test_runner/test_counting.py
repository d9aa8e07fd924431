"""What is counted, and that nothing which went wrong is counted as success."""

from __future__ import annotations

import pytest
from fake_reports import EMPTY, GREEN, REPORT
from testrun.outcome import Counts, Failure, Outcome
from testrun.printing import total_line
from testrun.report import BadReport, read_junit, read_xunit


def test_an_xunit_report_is_counted_and_its_failures_are_kept(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert read_xunit(report) == Counts(1, 1, [Failure("Bad", "boom\nat Here")])


def test_a_fixture_that_fails_to_clean_up_is_a_failure(tmp_path):
    report = tmp_path / "report.xml"
    error = '<errors><error type="test-class-cleanup" name="X"><failure><message>boom</message></failure></error></errors>'
    report.write_text(GREEN.replace("</assembly>", f"{error}</assembly>"))
    assert [failure.test for failure in read_xunit(report).failures] == ["(test-class-cleanup) X"]


@pytest.mark.parametrize("text", [None, "", "<assemblies><assembly", GREEN.replace('passed="1"', 'passed="2"')])
def test_a_report_that_is_missing_damaged_or_contradictory_is_refused(tmp_path, text):
    report = tmp_path / "report.xml"
    if text is not None:
        report.write_text(text)
    with pytest.raises(BadReport):
        read_xunit(report)


def test_a_junit_report_is_counted(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase classname="a" name="good"/><testcase classname="a" name="bad">'
        '<failure message="boom">here</failure></testcase><testcase classname="a" name="broken"><error message="set-up"/>'
        '</testcase><testcase classname="a" name="later"><skipped/></testcase></testsuite></testsuites>'
    )
    counts = read_junit(report)
    assert (counts.passed, counts.skipped, [failure.test for failure in counts.failures]) == (1, 1, ["a.bad", "a.broken"])


def test_the_last_line_mentions_skipped_tests_only_if_there_are_any():
    outcomes = [Outcome("A", Counts(2), 1, ""), Outcome("B", Counts(3, 0, [Failure("x", "y")]), 1, "")]
    assert total_line(outcomes) == "5 passed, 1 failed"
    assert total_line([*outcomes, Outcome("C", Counts(0, 4), 1, "")]) == "5 passed, 1 failed, 4 skipped"


def test_a_project_with_failed_tests_fails(workshop):
    outcome = workshop.run(f"cat >\"$REPORT\" <<<'{REPORT}'; exit 1")
    assert [failure.test for failure in outcome.counts.failures] == ["Bad"]


def test_a_green_report_does_not_hide_an_exit_code(workshop):
    outcome = workshop.run(f"echo last words; cat >\"$REPORT\" <<<'{GREEN}'; exit 3")
    assert outcome.failed == 1
    assert "exit code 3\nlast words" in outcome.counts.failures[0].message


def test_a_crash_is_a_failure_with_the_end_of_the_log(workshop):
    outcome = workshop.run("echo last words; kill -SEGV $$")
    assert outcome.failed == 1
    assert "no report; exit code -11\nlast words" in outcome.counts.failures[0].message


def test_no_test_at_all_is_a_failure(workshop):
    outcome = workshop.run(f"cat >\"$REPORT\" <<<'{EMPTY}'")
    assert [failure.test for failure in outcome.counts.failures] == ["(no tests)"]


@pytest.mark.parametrize(("listed", "failed"), [('["A.B"]', 0), ("[]", 1), ("", 1)])
def test_a_quick_run_may_leave_out_all_tests_of_a_project_but_not_find_it_empty(workshop, monkeypatch, listed, failed):
    monkeypatch.setenv("LISTED", listed)
    outcome = workshop.run(f"cat >\"${{@: -3:1}}\" <<<'{EMPTY}'", without=("Needs=fuse",))
    assert outcome.failed == failed
