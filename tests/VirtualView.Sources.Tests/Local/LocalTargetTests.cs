using Microsoft.Extensions.Logging.Abstractions;
using VirtualView.Core.Paths;
using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Sources.Writing;
using VirtualView.Core.Units;
using VirtualView.Core.Versions;
using VirtualView.Sources.Local;
using VirtualView.Sources.Local.Writing;
using VirtualView.Testing.Files;
using VirtualView.Testing.Sources.Writing;

namespace VirtualView.Sources.Tests.Local;

public sealed class LocalTargetTests : IDisposable
{
    private static readonly UnixTime Old = UnixTime.FromSeconds(1_600_000_000);
    private static readonly UnixTime Newer = UnixTime.FromSeconds(1_600_000_010);
    private static readonly VirtualPath File = VirtualPath.Parse("/file");

    private readonly HostFolder _folder = new();
    private readonly HostFolder _outside = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public async Task Who_replaces_the_file_in_the_instant_of_the_exchange_gets_it_back()
    {
        _folder.PutFile(File, "base"u8, Old);
        using var target = Make(() =>
        {
            _folder.Remove(File);
            _folder.PutFile(File, "them"u8, Newer);
        });
        var staged = await StageAsync(target, File, "ours"u8.ToArray());
        var outcome = await target.CommitAsync(staged.Upload, staged.Staged, TargetCondition.Is(ValidatorAt(Old, 4)), Cancel);
        Assert.Equal(WriteErrorKind.Changed, outcome.Error?.Kind);
        Assert.Equal(Newer, outcome.Error?.Found?.Entry.Validator?.ModifiedAt);
        Assert.Equal("them", ReadText(File));
        Assert.NotNull((await target.LookAsync(StagingName.For(staged.Upload), Cancel)).Value);
    }

    [Fact]
    public async Task Who_makes_the_file_in_the_instant_of_the_rename_keeps_it()
    {
        using var target = Make(() => _folder.PutFile(File, "them"u8, Newer));
        var staged = await StageAsync(target, File, "ours"u8.ToArray());
        var outcome = await target.CommitAsync(staged.Upload, staged.Staged, TargetCondition.Absent, Cancel);
        Assert.Equal(WriteErrorKind.Changed, outcome.Error?.Kind);
        Assert.Equal("them", ReadText(File));
    }

    [Fact]
    public async Task Who_changes_the_file_in_the_instant_of_its_removal_gets_it_back()
    {
        _folder.PutFile(File, "base"u8, Old);
        using var target = Make(() => _folder.PutFile(File, "theirs"u8, Newer));
        var outcome = await target.DeleteAsync(File, ValidatorAt(Old, 4), Cancel);
        Assert.Equal(WriteErrorKind.Changed, outcome.Error?.Kind);
        Assert.Equal("theirs", ReadText(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Of_many_who_replace_one_base_at_once_one_wins_and_nothing_else_is_left()
    {
        _folder.PutFile(File, "base"u8, Old);
        var targets = Enumerable.Range(0, 8).Select(_ => Make()).ToArray();
        var outcomes = await Task.WhenAll(targets.Select(async (target, number) =>
        {
            var (upload, staged) = await StageAsync(target, File, [(byte)('0' + number), .. "-is-longer"u8]);
            var outcome = await target.CommitAsync(upload, staged, TargetCondition.Is(ValidatorAt(Old, 4)), Cancel);
            await target.DropAsync(upload, Cancel);
            return outcome;
        }));
        var winner = Assert.Single(Enumerable.Range(0, 8), number => outcomes[number].IsOk);
        Assert.All(outcomes.Where(outcome => !outcome.IsOk), outcome => Assert.Equal(WriteErrorKind.Changed, outcome.Error?.Kind));
        Assert.Equal($"{winner}-is-longer", ReadText(File));
        Assert.Single(Directory.GetFiles(_folder.Path));
        foreach (var target in targets) target.Dispose();
    }

    [Fact]
    public async Task Only_what_differs_from_the_base_is_taken_from_the_content()
    {
        var content = new byte[8 << 20];
        new Random(1).NextBytes(content);
        _folder.PutFile(File, content, Old);
        var changed = new ByteRange(1_000_003, 5_000);
        new Random(2).NextBytes(content.AsSpan((int)changed.Offset, (int)changed.Length));
        var grown = content.Concat(new byte[777]).ToArray();
        using var target = Make();
        var same = RangeSet.Of(new ByteRange(0, 8 << 20)).Remove(changed);
        var upload = MakeUpload(File, grown) with { Over = new DeltaBase(File, ValidatorAt(Old, 8 << 20), same) };
        var staged = (await target.StageAsync(upload, Cancel)).Value;
        Assert.Equal(changed.Length + 777, staged.SentBytes);
        Assert.True((await target.CommitAsync(upload, staged, TargetCondition.Is(ValidatorAt(Old, 8 << 20)), Cancel)).IsOk);
        Assert.Equal(grown, System.IO.File.ReadAllBytes(_folder.Locate(File)));
    }

    [Fact]
    public async Task A_base_that_is_another_by_now_gives_no_byte()
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);
        _folder.PutFile(File, new byte[100_000], Newer);
        using var target = Make();
        var upload = MakeUpload(VirtualPath.Parse("/new"), content) with
        {
            Over = new DeltaBase(File, ValidatorAt(Old, 100_000), RangeSet.Of(new ByteRange(0, 100_000))),
        };
        var staged = (await target.StageAsync(upload, Cancel)).Value;
        Assert.Equal(content.Length, staged.SentBytes);
        Assert.True((await target.CommitAsync(upload, staged, TargetCondition.Absent, Cancel)).IsOk);
        Assert.Equal(content, System.IO.File.ReadAllBytes(_folder.Locate(VirtualPath.Parse("/new"))));
    }

    [Fact]
    public async Task Bytes_that_were_changed_while_they_waited_are_not_shown()
    {
        using var target = Make();
        var (upload, staged) = await StageAsync(target, File, "ours"u8.ToArray());
        _folder.PutFile(StagingName.For(upload), "something else"u8);
        Assert.Equal(WriteErrorKind.Invalid, (await target.CommitAsync(upload, staged, TargetCondition.Absent, Cancel)).Error?.Kind);
        Assert.False(System.IO.File.Exists(_folder.Locate(File)));
    }

    [Fact]
    public async Task A_file_that_replaces_another_has_its_mode()
    {
        _folder.PutFile(File, "base"u8, Old);
        _folder.SetMode(File, 0b110_110_000);
        using var target = Make();
        var (upload, staged) = await StageAsync(target, File, "ours"u8.ToArray());
        Assert.True((await target.CommitAsync(upload, staged, TargetCondition.Is(ValidatorAt(Old, 4)), Cancel)).IsOk);
        Assert.Equal((UnixFileMode)0b110_110_000, new FileInfo(_folder.Locate(File)).UnixFileMode);
    }

    [Fact]
    public async Task No_link_leads_a_change_out_of_the_folder()
    {
        _outside.PutFile(File, "outside"u8, Old);
        _folder.PutLink(VirtualPath.Parse("/out"), System.Text.Encoding.UTF8.GetBytes(_outside.Path));
        _folder.PutLink(File, System.Text.Encoding.UTF8.GetBytes(_outside.Locate(File)));
        using var target = Make();
        var through = VirtualPath.Parse("/out/file");
        Assert.Equal(WriteErrorKind.WrongKind, (await target.StageAsync(MakeUpload(through, [1]), Cancel)).Error?.Kind);
        Assert.Equal(WriteErrorKind.WrongKind, (await target.DeleteAsync(through, ValidatorAt(Old, 7), Cancel)).Error?.Kind);
        Assert.Equal(WriteErrorKind.WrongKind, (await target.MakeDirectoryAsync(VirtualPath.Parse("/out/new"), Cancel)).Error?.Kind);
        foreach (var condition in new[] { TargetCondition.Absent, TargetCondition.Is(ValidatorAt(Old, 7)) })
        {
            var (upload, staged) = await StageAsync(target, File, "ours"u8.ToArray());
            Assert.Equal(WriteErrorKind.Changed, (await target.CommitAsync(upload, staged, condition, Cancel)).Error?.Kind);
            Assert.True((await target.DropAsync(upload, Cancel)).Value);
        }

        Assert.Equal("outside", System.IO.File.ReadAllText(_outside.Locate(File)));
        Assert.Single(Directory.GetFileSystemEntries(_outside.Path));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_unreachable_and_never_made()
    {
        using var target = new LocalTarget(
            new SourceId(Guid.NewGuid()), "gone", new LocalTargetOptions { Source = new LocalSourceOptions { Path = _folder.Path + "/gone" } }, TimeProvider.System);
        Assert.Equal(WriteErrorKind.Unreachable, (await target.ProveAsync(Cancel)).Error?.Kind);
        Assert.Equal(WriteErrorKind.Unreachable, (await target.StageAsync(MakeUpload(File, [1]), Cancel)).Error?.Kind);
        Assert.Equal(WriteErrorKind.Unreachable, (await target.MakeDirectoryAsync(VirtualPath.Parse("/d"), Cancel)).Error?.Kind);
    }

    [Fact]
    public async Task A_reader_sees_no_name_under_which_uploads_wait()
    {
        using var target = Make();
        await StageAsync(target, File, [1]);
        await using var source = new LocalSource(target.Id, "nfs", new LocalSourceOptions { Path = _folder.Path }, TimeProvider.System, NullLogger.Instance);
        Assert.Empty((await source.ListAsync(VirtualPath.Root, Cancel)).Value);
    }

    [Theory]
    [InlineData(28, WriteErrorKind.Full)]
    [InlineData(122, WriteErrorKind.Full)]
    [InlineData(27, WriteErrorKind.TooLarge)]
    [InlineData(30, WriteErrorKind.Denied)]
    [InlineData(13, WriteErrorKind.Denied)]
    [InlineData(5, WriteErrorKind.Unreachable)]
    [InlineData(116, WriteErrorKind.Unreachable)]
    [InlineData(18, WriteErrorKind.Unsupported)]
    public void Each_errno_leads_to_the_right_next_step(int errno, WriteErrorKind kind)
    {
        var error = LocalWriteErrors.From(errno, "writing", File);
        Assert.Equal(kind, error.Kind);
        Assert.Contains("/file", error.Message, StringComparison.Ordinal);
    }

    private LocalTarget Make(Action? beforeExchange = null) => new(
        new SourceId(Guid.NewGuid()),
        "nfs",
        new LocalTargetOptions { Source = new LocalSourceOptions { Path = _folder.Path }, BeforeExchange = beforeExchange },
        TimeProvider.System);

    private static Upload MakeUpload(VirtualPath path, byte[] content) => new()
    {
        Writer = new WriterId(Guid.NewGuid()),
        Id = new UploadId(Guid.NewGuid()),
        Path = path,
        Content = new ArrayContent(content),
        ModifiedAt = UnixTime.FromSeconds(1_600_000_020, 123_456_789),
    };

    private static async Task<(Upload Upload, StagedUpload Staged)> StageAsync(LocalTarget target, VirtualPath path, byte[] content)
    {
        var upload = MakeUpload(path, content);
        var staged = await target.StageAsync(upload, Cancel);
        Assert.True(staged.IsOk, $"{staged.Error}");
        return (upload, staged.Value);
    }

    private static Validator ValidatorAt(UnixTime time, long size) => new(ValidatorStrength.Weak, size, time, Tag: null);

    private string ReadText(VirtualPath path) => System.IO.File.ReadAllText(_folder.Locate(path));
}
