using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using Xunit;

namespace VirtualView.Testing.Sources.Writing;

public abstract partial class TargetConformanceTests
{
    [Fact]
    public async Task The_canary_finds_a_target_that_can_be_trusted_and_leaves_nothing_behind()
    {
        Put("/there", "x"u8);
        var abilities = Got(await Target.ProveAsync(Cancel));
        Assert.InRange(abilities.MostUploads, 1, 1024);
        Assert.Equal(["there"], await Names(VirtualPath.Root));
        Assert.Equal(0, Got(await Target.ClearAsync(VirtualPath.Root, default, new HashSet<UploadId>(), Cancel)));
    }

    [Fact]
    public async Task What_is_staged_is_seen_by_nobody_and_shown_as_a_whole()
    {
        var content = Noise(3_000_001, seed: 1);
        var upload = Make(At("/file.h5"), content, Newer);
        var staged = Got(await Target.StageAsync(upload, Cancel));
        Assert.Equal(content.Length, staged.SentBytes);
        Assert.Empty(await Names(VirtualPath.Root));
        Assert.Null(Got(await Target.LookAsync(upload.Path, Cancel)));
        Assert.NotNull(Got(await Target.LookAsync(StagingName.For(upload), Cancel)));

        var shown = Got(await Target.CommitAsync(upload, staged, TargetCondition.Absent, Cancel));
        Assert.Equal(["file.h5"], await Names(VirtualPath.Root));
        Assert.Equal(content, await Read(upload.Path));
        var validator = Assert.NotNull(shown.Entry.Validator);
        Assert.True(validator.Agrees(await ValidatorOf(upload.Path)), $"told {validator}");
        Assert.True(validator.Agrees(Assert.NotNull(staged.Validator)), $"staged {staged.Validator}, shown {validator}");
        Assert.Null(Got(await Target.LookAsync(StagingName.For(upload), Cancel)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_file_does_not_replace_what_somebody_else_made(bool inOneGo)
    {
        var path = Put("/file", "theirs"u8);
        var upload = Make(path, "our own"u8.ToArray(), Newer);
        var error = Failed(WriteErrorKind.Changed, await Publish(upload, TargetCondition.Absent, inOneGo));
        Assert.True((await ValidatorOf(path)).Agrees(error.Found?.Entry.Validator ?? default), $"{error.Found}");
        Assert.Equal("theirs"u8.ToArray(), await Read(path));
        Got(await Target.DropAsync(upload, Cancel));
        Assert.Null(Got(await Target.LookAsync(StagingName.For(upload), Cancel)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_is_replaced_as_long_as_it_is_the_base(bool inOneGo)
    {
        var path = Put("/dir/file", Noise(5_000, seed: 1));
        var content = Noise(4_000, seed: 2);
        var shown = Got(await Publish(Make(path, content, Newer), TargetCondition.Is(await ValidatorOf(path)), inOneGo));
        Assert.Equal(content, await Read(path));
        Assert.True((await ValidatorOf(path)).Agrees(Assert.NotNull(shown.Entry.Validator)));
        Assert.Equal(["file"], await Names(path.Parent));

        // And again over our own, by what the commit has told, however young it is.
        var again = Noise(4_001, seed: 3);
        Got(await Publish(Make(path, again, Newest), TargetCondition.Is(shown.Entry.Validator.Value), inOneGo));
        Assert.Equal(again, await Read(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_somebody_changed_is_not_replaced(bool inOneGo)
    {
        var path = Put("/file", "base"u8);
        var before = await ValidatorOf(path);
        Put("/file", "them"u8, Newer);
        var error = Failed(WriteErrorKind.Changed, await Publish(Make(path, "ours"u8.ToArray(), Newest), TargetCondition.Is(before), inOneGo));
        Assert.True((await ValidatorOf(path)).Agrees(error.Found?.Entry.Validator ?? default), $"{error.Found}");
        Assert.Equal("them"u8.ToArray(), await Read(path));
        Assert.Equal(["file"], await Names(VirtualPath.Root));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_somebody_deleted_is_not_made_again(bool inOneGo)
    {
        var path = Put("/file", "base"u8);
        var before = await ValidatorOf(path);
        _harness.Source.Remove(path);
        var error = Failed(WriteErrorKind.Changed, await Publish(Make(path, "ours"u8.ToArray(), Newer), TargetCondition.Is(before), inOneGo));
        Assert.Null(error.Found);
        Assert.Empty(await Names(VirtualPath.Root));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_directory_is_not_replaced_by_a_file(bool inOneGo)
    {
        var path = Put("/name", "base"u8);
        var before = await ValidatorOf(path);
        _harness.Source.Remove(path);
        Put("/name/inside", "theirs"u8);
        Failed(WriteErrorKind.WrongKind, await Publish(Make(path, "ours"u8.ToArray(), Newer), TargetCondition.Is(before), inOneGo));
        Failed(WriteErrorKind.Changed, await Publish(Make(path, "ours"u8.ToArray(), Newer), TargetCondition.Absent, inOneGo));
        Assert.Equal(["inside"], await Names(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_file_and_one_with_an_odd_name_arrive(bool inOneGo)
    {
        Got(await Publish(Make(At("/empty"), [], Newer), TargetCondition.Absent, inOneGo));
        Assert.Empty(await Read(At("/empty")));
        foreach (var name in new[] { "a b", "100%25", "q?#[x];&", "\u00e4\u4e2d", "trailing.", "'quoted\"", "+plus" })
        {
            var path = VirtualPath.Of(PathName.Of(name));
            Got(await Publish(Make(path, "bytes"u8.ToArray(), Newer), TargetCondition.Absent, inOneGo));
            Assert.Equal("bytes"u8.ToArray(), await Read(path));
        }

        var bytes = VirtualPath.Of(PathName.Create([0xFF, 0x20, 0x41]));
        Got(await Publish(Make(bytes, "bytes"u8.ToArray(), Newer), TargetCondition.Absent, inOneGo));
        Assert.Equal("bytes"u8.ToArray(), await Read(bytes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_made_where_there_is_no_directory(bool inOneGo)
    {
        Failed(WriteErrorKind.NotFound, await Publish(Make(At("/none/file"), [1], Newer), TargetCondition.Absent, inOneGo));
        Assert.Empty(await Names(VirtualPath.Root));
    }

    [Fact]
    public async Task The_time_and_the_lineage_go_with_the_file_where_the_target_keeps_them()
    {
        var abilities = Got(await Target.ProveAsync(Cancel));
        var path = Put("/file", "base"u8);
        var before = await ValidatorOf(path);
        var upload = Make(path, "ours"u8.ToArray(), Newer);
        upload = upload with { Lineage = new UploadLineage(upload.Id, before, Newer) };
        Got(await Publish(upload, TargetCondition.Is(before), inOneGo: false));
        if (abilities.KeepsModifiedAt) Assert.Equal(Newer, (await ValidatorOf(path)).ModifiedAt);
        var found = Got(await Target.LookAsync(path, Cancel));
        Assert.Equal(abilities.KeepsLineage ? upload.Lineage.ToString() : null, found?.Lineage?.ToString());
        if (abilities.KeepsLineage) Assert.True(before.Agrees(Assert.NotNull(found?.Lineage?.Base)));
    }

    [Fact]
    public async Task An_attempt_that_broke_off_is_begun_again_under_the_same_name()
    {
        var content = Noise(2_500_000, seed: 5);
        var upload = Make(At("/file"), content, Newer);
        var broken = upload with { Content = new ArrayContent(content) { ReadableBytes = 2_000_000 } };
        Failed(WriteErrorKind.ContentLost, await Target.StageAsync(broken, Cancel));
        Assert.Empty(await Names(VirtualPath.Root));

        Got(await Target.StageAsync(upload, Cancel));
        Got(await Publish(upload, TargetCondition.Absent, inOneGo: false)); // staged twice, as after a kill
        Assert.Equal(content, await Read(upload.Path));
    }

    [Fact]
    public async Task Content_that_is_lost_is_said_and_shows_nothing()
    {
        var broken = Make(At("/file"), [], Newer) with { Content = new ArrayContent(new byte[1_000]) { ReadableBytes = 10 } };
        Failed(WriteErrorKind.ContentLost, await Target.PutAsync(broken, TargetCondition.Absent, Cancel));
        Assert.Empty(await Names(VirtualPath.Root));
    }

    [Fact]
    public async Task A_cancelled_upload_throws_and_shows_nothing()
    {
        using var stop = new CancellationTokenSource();
        var upload = Make(At("/file"), [], Newer) with
        {
            Content = new ArrayContent(new byte[8_000_000]) { Reading = offset => { if (offset > 0) stop.Cancel(); } },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Target.StageAsync(upload, stop.Token));
        Assert.Empty(await Names(VirtualPath.Root));
    }

    [Fact]
    public async Task What_was_staged_and_is_gone_is_not_committed()
    {
        var upload = Make(At("/file"), [1, 2, 3], Newer);
        var staged = Got(await Target.StageAsync(upload, Cancel));
        Assert.True(Got(await Target.DropAsync(upload, Cancel)));
        Assert.False(Got(await Target.DropAsync(upload, Cancel)));
        Failed(WriteErrorKind.NotFound, await Target.CommitAsync(upload, staged, TargetCondition.Absent, Cancel));
        Assert.Empty(await Names(VirtualPath.Root));
    }

    [Fact]
    public async Task Many_files_at_once_all_arrive()
    {
        _harness.Source.PutDirectory(At("/many"));
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
        {
            var upload = Make(At($"/many/f{number}"), Noise(10_000 + number, number), Newer);
            Got(await Publish(upload, TargetCondition.Absent, inOneGo: number % 2 == 0));
        }));
        Assert.Equal(40, (await Names(At("/many"))).Length);
        for (var number = 0; number < 40; number++) Assert.Equal(Noise(10_000 + number, number), await Read(At($"/many/f{number}")));
    }

    [Fact]
    public async Task Only_dead_uploads_of_the_same_writer_are_cleared()
    {
        var (dead, alive) = (Make(At("/dir/a"), [1], Newer), Make(At("/dir/b"), [2], Newer));
        var stranger = Make(At("/dir/c"), [3], Newer) with { Writer = new WriterId(Guid.NewGuid()) };
        _harness.Source.PutDirectory(At("/dir"));
        foreach (var upload in new[] { dead, alive, stranger }) Got(await Target.StageAsync(upload, Cancel));
        Put("/dir/.virtualview-upload-notes", "a name that only begins so"u8);
        if (!Got(await Target.ProveAsync(Cancel)).ListsHiddenNames) return;
        Assert.Equal(1, Got(await Target.ClearAsync(At("/dir"), Writer, new HashSet<UploadId> { alive.Id }, Cancel)));
        Assert.Null(Got(await Target.LookAsync(StagingName.For(dead), Cancel)));
        Assert.NotNull(Got(await Target.LookAsync(StagingName.For(alive), Cancel)));
        Assert.NotNull(Got(await Target.LookAsync(StagingName.For(stranger), Cancel)));
        Assert.NotNull(Got(await Target.LookAsync(At("/dir/.virtualview-upload-notes"), Cancel)));
    }
}
