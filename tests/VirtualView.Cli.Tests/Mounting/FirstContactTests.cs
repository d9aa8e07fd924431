using VirtualView.Cli.Mounting;
using VirtualView.Cli.Tests.Support;
using VirtualView.Core.Sources;

namespace VirtualView.Cli.Tests.Mounting;

public sealed class FirstContactTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sources_that_answer_are_no_reason_for_words() =>
        Assert.Empty((await AskAsync(AnsweringSource.Empty("a"), AnsweringSource.Empty("b"))).Value!);

    [Fact]
    public async Task One_that_fails_beside_another_is_a_warning()
    {
        var asked = await AskAsync(AnsweringSource.Empty("a"), AnsweringSource.Failing("b", SourceErrorKind.Unreachable, "refused"));
        Assert.StartsWith("the source 'b' cannot be listed: refused; ", Assert.Single(asked.Value!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_mounted_when_all_fail()
    {
        var asked = await AskAsync(
            AnsweringSource.Failing("a", SourceErrorKind.NotFound, "404"), AnsweringSource.Failing("b", SourceErrorKind.Unreachable, "refused"));
        Assert.Equal((ExitCode.Failed, 2), (asked.Failure!.Code, asked.Failure.Lines.Count));
        Assert.Contains("'a' cannot be listed: 404; check that its address", asked.Failure.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_silent_is_not_waited_for_without_end()
    {
        var silent = new AnsweringSource("a", async cancel =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
            throw new InvalidOperationException("never reached");
        });
        var asked = await FirstContact.AskAsync([silent], TimeSpan.FromMilliseconds(20), TimeProvider.System, Cancel);
        Assert.Contains("did not answer within", asked.Failure!.Lines[0], StringComparison.Ordinal);
    }

    private static ValueTask<Attempt<IReadOnlyList<string>>> AskAsync(params ISource[] sources) =>
        FirstContact.AskAsync(sources, TimeSpan.FromSeconds(10), TimeProvider.System, Cancel);
}
