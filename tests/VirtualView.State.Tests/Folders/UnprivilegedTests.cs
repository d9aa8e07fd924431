using VirtualView.State.Tests.Support;
using VirtualView.Testing.Processes;

namespace VirtualView.State.Tests.Folders;

/// <summary>The rights in the state folder are not those of the user: one clear error that names what and what to do.</summary>
[Trait("Needs", "root")]
public sealed class UnprivilegedTests : StateTest
{
    [Theory]
    [InlineData("", "700", "make it writable for this user")]
    [InlineData("", "755", "make it writable for this user")]
    [InlineData("daemon.lock", "600", "make it writable for this user")]
    [InlineData("sources.json", "600", "make it readable for this user")]
    [InlineData("pins.json", "600", "make it readable for this user")]
    [InlineData("state.db", "600", "make the folder writable for this user")]
    public async Task What_another_user_keeps_closed_is_one_clear_error(string part, string mode, string remedy)
    {
        await using (var store = await OpenAsync())
        {
            await store.IdentifySourceAsync("Local /data", Cancel);
            await store.SavePinsAsync([], Cancel);
            await store.SaveSnapshotAsync(null, SampleTree.Of(2, 2), Cancel);
        }

        await Nobody.OwnsAsync(Folder.Path);
        var path = Path.Combine(Folder.State, part).TrimEnd('/');
        (await Command.RunAsync("chown", "-R", "root", path)).Succeeded();
        (await Command.RunAsync("chmod", mode, path)).Succeeded();
        var said = await Nobody.RunAsync(typeof(UnprivilegedTests).Assembly, $"{typeof(UnprivilegedTests).FullName}.{nameof(Opens_and_loads)}", Folder.State);
        Assert.Contains("refused: ", said, StringComparison.Ordinal);
        Assert.Contains(path, said, StringComparison.Ordinal);
        Assert.Contains(remedy, said, StringComparison.Ordinal);
    }

    /// <summary>Not a test: what the other user's process runs.</summary>
    [Fact(Explicit = true)]
    public async Task Opens_and_loads()
    {
        Assert.SkipWhen(Nobody.Folder is null, "runs only as the child of the tests above");
        try
        {
            await using var store = await StateStore.OpenAsync(new() { Folder = Nobody.Folder }, Clock, Logs, Cancel);
            await store.LoadPinsAsync(Cancel);
            await store.LoadSnapshotAsync(Cancel);
            await Console.Out.WriteLineAsync("opened");
        }
        catch (StateException refusal)
        {
            await Console.Out.WriteLineAsync($"refused: {refusal.Message}");
        }
    }
}
