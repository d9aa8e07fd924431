using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using Xunit;

namespace VirtualView.Testing.Sources;

public abstract partial class SourceConformanceTests
{
    [Fact]
    public async Task Stat_of_a_file_gives_size_and_time_and_is_not_racy()
    {
        var path = Put("/dir/file.nxs", new byte[12_345]);
        var entry = Got(await Source.StatAsync(path, Cancel));
        Assert.Equal(("file.nxs", EntryKind.File), (entry.Name.ToString(), entry.Kind));
        var validator = Assert.NotNull(entry.Validator);
        Assert.Equal(12_345, validator.SizeBytes);
        Assert.Equal(Old, validator.ModifiedAt);
        Assert.NotEqual(ValidatorStrength.Racy, validator.Strength);
    }

    [Fact]
    public async Task Stat_of_a_directory_says_directory()
    {
        var name = CanServe(PathName.Create([0xFF])) ? "\\xFF" : "\u00FF";
        _harness.PutDirectory(At($"/dir with space/{name}"));
        var entry = Got(await Source.StatAsync(At($"/dir with space/{name}"), Cancel));
        Assert.Equal((name, EntryKind.Directory, null), (entry.Name.ToString(), entry.Kind, entry.Validator));
    }

    [Fact]
    public async Task Stat_of_the_root_says_directory() =>
        Assert.Equal(EntryKind.Directory, Got(await Source.StatAsync(VirtualPath.Root, Cancel)).Kind);

    [Fact]
    public async Task Stat_of_what_is_not_there_says_not_found()
    {
        Put("/file", "x"u8);
        Failed(SourceErrorKind.NotFound, await Source.StatAsync(At("/missing"), Cancel));
        Failed(SourceErrorKind.NotFound, await Source.StatAsync(At("/missing/below"), Cancel));
        Failed(BelowFile, await Source.StatAsync(At("/file/below"), Cancel));
    }

    [Fact]
    public async Task A_rewritten_file_has_another_validator()
    {
        var path = Put("/file", "before"u8);
        var before = await ValidatorOf(path);
        Assert.True(before.Agrees(await ValidatorOf(path)));
        _harness.PutFile(path, "behind"u8, Newer);
        Assert.False(before.Agrees(await ValidatorOf(path)));
    }
}
