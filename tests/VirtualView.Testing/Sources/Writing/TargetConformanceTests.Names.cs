using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using Xunit;

namespace VirtualView.Testing.Sources.Writing;

public abstract partial class TargetConformanceTests
{
    [Fact]
    public async Task A_directory_is_made_once_and_only_in_one_that_exists()
    {
        Assert.Equal(EntryKind.Directory, Got(await Target.MakeDirectoryAsync(At("/new dir"), Cancel)).Entry.Kind);
        Assert.Equal(EntryKind.Directory, Failed(WriteErrorKind.Changed, await Target.MakeDirectoryAsync(At("/new dir"), Cancel)).Found?.Entry.Kind);
        Put("/file", "x"u8);
        Assert.Equal(EntryKind.File, Failed(WriteErrorKind.Changed, await Target.MakeDirectoryAsync(At("/file"), Cancel)).Found?.Entry.Kind);
        Failed(WriteErrorKind.NotFound, await Target.MakeDirectoryAsync(At("/none/below"), Cancel));
        Assert.Equal(["file", "new dir"], await Names(VirtualPath.Root));
    }

    [Fact]
    public async Task A_file_gets_another_name()
    {
        var path = Put("/a/old", "content"u8);
        _harness.Source.PutDirectory(At("/b"));
        var renamed = Got(await Target.RenameAsync(path, await ValidatorOf(path), At("/b/new"), TargetCondition.Absent, Cancel));
        Assert.True((await ValidatorOf(At("/b/new"))).Agrees(Assert.NotNull(renamed.Entry.Validator)));
        Assert.Equal("content"u8.ToArray(), await Read(At("/b/new")));
        Assert.Empty(await Names(At("/a")));
    }

    [Fact]
    public async Task A_rename_takes_no_name_that_somebody_else_has()
    {
        var (path, taken) = (Put("/old", "ours"u8), Put("/new", "theirs"u8));
        Failed(WriteErrorKind.Changed, await Target.RenameAsync(path, await ValidatorOf(path), taken, TargetCondition.Absent, Cancel));
        Assert.Equal("ours"u8.ToArray(), await Read(path));
        Assert.Equal("theirs"u8.ToArray(), await Read(taken));
    }

    [Fact]
    public async Task A_rename_replaces_the_version_that_it_names_and_no_other()
    {
        var (path, taken) = (Put("/old", "ours"u8), Put("/new", "base"u8));
        var before = await ValidatorOf(taken);
        Put("/new", "them"u8, Newer);
        Failed(WriteErrorKind.Changed, await Target.RenameAsync(path, await ValidatorOf(path), taken, TargetCondition.Is(before), Cancel));
        Assert.Equal("them"u8.ToArray(), await Read(taken));
        Got(await Target.RenameAsync(path, await ValidatorOf(path), taken, TargetCondition.Is(await ValidatorOf(taken)), Cancel));
        Assert.Equal("ours"u8.ToArray(), await Read(taken));
        Assert.Equal(["new"], await Names(VirtualPath.Root));
    }

    [Fact]
    public async Task A_file_that_somebody_changed_or_removed_is_not_renamed()
    {
        var path = Put("/old", "base"u8);
        var before = await ValidatorOf(path);
        Put("/old", "them"u8, Newer);
        Failed(WriteErrorKind.Changed, await Target.RenameAsync(path, before, At("/new"), TargetCondition.Absent, Cancel));
        Failed(WriteErrorKind.WrongKind, await Target.RenameAsync(path, expected: null, At("/new"), TargetCondition.Absent, Cancel));
        Assert.Equal(["old"], await Names(VirtualPath.Root));
        _harness.Source.Remove(path);
        Failed(WriteErrorKind.NotFound, await Target.RenameAsync(path, before, At("/new"), TargetCondition.Absent, Cancel));
    }

    [Fact]
    public async Task A_directory_is_renamed_with_all_that_is_below_it()
    {
        Put("/old/inner/file", "content"u8);
        Got(await Target.RenameAsync(At("/old"), expected: null, At("/new"), TargetCondition.Absent, Cancel));
        Assert.Equal(["new"], await Names(VirtualPath.Root));
        Assert.Equal("content"u8.ToArray(), await Read(At("/new/inner/file")));
        Put("/taken/theirs", "x"u8);
        Failed(WriteErrorKind.Changed, await Target.RenameAsync(At("/new"), expected: null, At("/taken"), TargetCondition.Absent, Cancel));
        Assert.Equal(["theirs"], await Names(At("/taken")));
    }

    [Fact]
    public async Task A_file_is_removed_if_it_still_is_what_was_removed_here()
    {
        var path = Put("/file", "base"u8);
        var before = await ValidatorOf(path);
        Put("/file", "them"u8, Newer);
        var error = Failed(WriteErrorKind.Changed, await Target.DeleteAsync(path, before, Cancel));
        Assert.True((await ValidatorOf(path)).Agrees(error.Found?.Entry.Validator ?? default), $"{error.Found}");
        Assert.Equal("them"u8.ToArray(), await Read(path));
        Assert.True(Got(await Target.DeleteAsync(path, await ValidatorOf(path), Cancel)));
        Assert.Empty(await Names(VirtualPath.Root));
        Failed(WriteErrorKind.NotFound, await Target.DeleteAsync(path, before, Cancel));
    }

    [Fact]
    public async Task A_directory_is_removed_only_when_it_is_empty()
    {
        Put("/dir/theirs", "x"u8);
        if (!Got(await Target.ProveAsync(Cancel)).ListsHiddenNames)
        {
            Failed(WriteErrorKind.Unsupported, await Target.DeleteAsync(At("/dir"), expected: null, Cancel));
            Assert.Equal(["theirs"], await Names(At("/dir")));
            return;
        }

        Failed(WriteErrorKind.NotEmpty, await Target.DeleteAsync(At("/dir"), expected: null, Cancel));
        Assert.Equal(["theirs"], await Names(At("/dir")));
        _harness.Source.Remove(At("/dir/theirs"));
        Assert.True(Got(await Target.DeleteAsync(At("/dir"), expected: null, Cancel)));
        Assert.Empty(await Names(VirtualPath.Root));
        Failed(WriteErrorKind.NotFound, await Target.DeleteAsync(At("/dir"), expected: null, Cancel));
    }

    [Fact]
    public async Task A_file_is_not_removed_as_a_directory_nor_the_other_way_round()
    {
        var path = Put("/file", "x"u8);
        var validator = await ValidatorOf(path);
        Failed(WriteErrorKind.WrongKind, await Target.DeleteAsync(path, expected: null, Cancel));
        _harness.Source.Remove(path);
        _harness.Source.PutDirectory(path);
        Failed(WriteErrorKind.WrongKind, await Target.DeleteAsync(path, validator, Cancel));
        Assert.Equal(["file"], await Names(VirtualPath.Root));
    }
}
