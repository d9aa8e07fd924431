using VirtualView.Core.Sources;

namespace VirtualView.Core.Tests.Sources;

public sealed class SourceOutcomeTests
{
    [Fact]
    public void An_answer_is_given_back()
    {
        SourceOutcome<int> outcome = 42;
        Assert.True(outcome.IsOk);
        Assert.Null(outcome.Error);
        Assert.Equal((42, "42"), (outcome.Value, outcome.ToString()));
    }

    [Fact]
    public void A_failure_keeps_its_words_and_has_no_value()
    {
        SourceOutcome<int> outcome = new SourceError(SourceErrorKind.Throttled, "aps asks to wait", TimeSpan.FromSeconds(3));
        Assert.False(outcome.IsOk);
        Assert.Equal("Throttled: aps asks to wait", outcome.ToString());
        Assert.Equal(TimeSpan.FromSeconds(3), outcome.Error.RetryAfter);
        Assert.Contains("aps asks to wait", Assert.Throws<InvalidOperationException>(() => outcome.Value).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_error_is_not_taken_for_an_answer() =>
        Assert.Throws<ArgumentNullException>(() => (SourceOutcome<int>)(SourceError)null!);
}
