using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Identities;

public sealed class SourceIdentityTests : StateTest
{
    private string SourcesFile => Path.Combine(Folder.State, "sources.json");

    [Fact]
    public async Task A_source_keeps_its_identity_over_restarts_and_another_has_another()
    {
        await using (var first = await OpenAsync())
        {
            var here = await first.IdentifySourceAsync("Http http://a/", Cancel);
            Assert.Equal(here, await first.IdentifySourceAsync("Http http://a/", Cancel));
            Assert.NotEqual(here, await first.IdentifySourceAsync("Http http://A/", Cancel));
        }

        var kept = await File.ReadAllTextAsync(SourcesFile, Cancel);
        await using var second = await OpenAsync();
        Assert.Contains((await second.IdentifySourceAsync("Http http://a/", Cancel)).ToString(), kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_that_are_identified_at_the_same_time_are_all_kept()
    {
        await using (var store = await OpenAsync())
            await Task.WhenAll(Enumerable.Range(0, 20).Select(at => store.IdentifySourceAsync($"Local /{at}", Cancel).AsTask()));
        var kept = await File.ReadAllTextAsync(SourcesFile, Cancel);
        await using var again = await OpenAsync();
        for (var at = 0; at < 20; at++)
            Assert.Contains((await again.IdentifySourceAsync($"Local /{at}", Cancel)).ToString(), kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"Local /data\": \"not a UUID\" }")]
    public async Task A_damaged_file_is_set_aside_with_one_warning(string damage)
    {
        Directory.CreateDirectory(Folder.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(SourcesFile, damage, Cancel);
        await using var store = await OpenAsync();
        await store.IdentifySourceAsync("Local /data", Cancel);
        Assert.Contains(SourcesFile, Assert.Single(Logs.Warnings), StringComparison.Ordinal);
        Assert.Equal(damage, await File.ReadAllTextAsync(Folder.SetAside("damaged").Single(), Cancel));
    }

    [Fact]
    public async Task An_origin_is_needed()
    {
        await using var store = await OpenAsync();
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.IdentifySourceAsync(" ", Cancel));
    }
}
