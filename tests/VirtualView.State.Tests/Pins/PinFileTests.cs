using System.Collections.Immutable;
using VirtualView.Core.State;
using VirtualView.State.Tests.Support;

namespace VirtualView.State.Tests.Pins;

public sealed class PinFileTests : StateTest
{
    private static readonly ImmutableArray<PinRule> Rules =
    [
        new("/100K", IsGlob: false, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        new(@"/**/\xFF*.h5", IsGlob: true, new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero)),
    ];

    private string PinsFile => Path.Combine(Folder.State, "pins.json");

    [Fact]
    public async Task Pins_outlive_the_daemon()
    {
        await using (var first = await OpenAsync())
        {
            Assert.Empty(await first.LoadPinsAsync(Cancel));
            await first.SavePinsAsync(Rules, Cancel);
        }

        await using var second = await OpenAsync();
        Assert.Equal(Rules, await second.LoadPinsAsync(Cancel));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PinsFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("[{\"Path\": null}]")]
    public async Task A_damaged_file_is_set_aside_with_one_warning(string damage)
    {
        Directory.CreateDirectory(Folder.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(PinsFile, damage, Cancel);
        await using var store = await OpenAsync();
        Assert.Empty(await store.LoadPinsAsync(Cancel));
        Assert.Contains(PinsFile, Assert.Single(Logs.Warnings), StringComparison.Ordinal);
        Assert.Equal(damage, await File.ReadAllTextAsync(Folder.SetAside("damaged").Single(), Cancel));
    }
}
