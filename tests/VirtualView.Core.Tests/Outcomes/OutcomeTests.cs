using VirtualView.Core.Outcomes;

namespace VirtualView.Core.Tests.Outcomes;

public sealed class OutcomeTests
{
    public static TheoryData<FileSystemError> Errors => [.. Enum.GetValues<FileSystemError>().Where(error => error != FileSystemError.None)];

    [Fact]
    public void A_value_is_given_back()
    {
        Outcome<string> outcome = "bytes";
        Assert.True(outcome.IsOk);
        Assert.Equal("bytes", outcome.Value);
        Assert.True(outcome.TryGet(out var value));
        Assert.Equal("bytes", value);
        Assert.Equal(("bytes", FileSystemError.None), (outcome.ToString(), outcome.Error));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_has_no_value(FileSystemError error)
    {
        Outcome<string> outcome = error;
        Assert.False(outcome.IsOk);
        Assert.False(outcome.TryGet(out _));
        Assert.Throws<InvalidOperationException>(() => outcome.Value);
        Assert.Equal((error.ToString(), error), (outcome.ToString(), outcome.Error));
    }

    [Fact]
    public void No_error_is_not_a_failure() => Assert.Throws<ArgumentException>(() => (Outcome<string>)FileSystemError.None);

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_read_that_failed_gave_no_bytes(FileSystemError error)
    {
        var outcome = ReadOutcome.Failed(error);
        Assert.Equal((false, 0, error), (outcome.IsOk, outcome.Bytes, outcome.Error));
        Assert.NotEqual(ReadOutcome.Read(0), outcome);
    }

    [Fact]
    public void A_read_at_the_end_of_the_file_gives_nothing_and_is_no_failure()
    {
        var outcome = ReadOutcome.Read(0);
        Assert.Equal((true, 0), (outcome.IsOk, outcome.Bytes));
    }

    [Fact]
    public void A_stale_read_says_so() => Assert.Equal(FileSystemError.Stale, ReadOutcome.Stale.Error);

    [Fact]
    public void A_failed_read_needs_an_error_and_a_read_no_negative_count()
    {
        Assert.Throws<ArgumentException>(() => ReadOutcome.Failed(FileSystemError.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadOutcome.Read(-1));
    }
}
