using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using Xunit;

namespace VirtualView.Testing.Sources;

public abstract partial class SourceConformanceTests
{
    [Fact]
    public async Task A_listing_names_files_and_directories_and_nothing_below()
    {
        Put("/top.txt", "a"u8);
        Put("/inner/deep.txt", "b"u8);
        var entries = Got(await Source.ListAsync(VirtualPath.Root, Cancel));
        Assert.Equal(
            [("inner", EntryKind.Directory), ("top.txt", EntryKind.File)],
            entries.OrderBy(entry => entry.Name).Select(entry => (entry.Name.ToString(), entry.Kind)));
    }

    [Fact]
    public async Task A_directory_below_is_listed_by_its_path()
    {
        Put("/a/b/c/file", "x"u8);
        Assert.Equal("file", Assert.Single(Got(await Source.ListAsync(At("/a/b/c"), Cancel))).Name.ToString());
    }

    [Fact]
    public async Task An_empty_directory_lists_nothing_and_is_no_error()
    {
        _harness.PutDirectory(At("/empty"));
        Assert.Empty(Got(await Source.ListAsync(At("/empty"), Cancel)));
        Assert.Empty(Got(await Source.ListAsync(At("/empty"), Cancel)));
    }

    [Fact]
    public async Task Listing_what_is_not_there_says_not_found() =>
        Failed(SourceErrorKind.NotFound, await Source.ListAsync(At("/missing"), Cancel));

    [Fact]
    public async Task Listing_below_a_file_says_not_found()
    {
        Put("/file", "x"u8);
        Failed(BelowFile, await Source.ListAsync(At("/file/below"), Cancel));
    }

    [Fact]
    public async Task Listing_a_file_says_that_it_is_no_directory()
    {
        Put("/file", "x"u8);
        Failed(SourceErrorKind.WrongKind, await Source.ListAsync(At("/file"), Cancel));
    }

    [Fact]
    public async Task What_the_listing_says_of_a_file_agrees_with_stat_and_read()
    {
        var path = Put("/file", "content"u8);
        var listed = Assert.Single(Got(await Source.ListAsync(VirtualPath.Root, Cancel))).Validator;
        var stat = await ValidatorOf(path);
        var read = Got(await Source.ReadAsync(path, new(2, 3), stat, new ArraySink(3), Cancel));
        Assert.True(stat.Agrees(read), $"{stat} against {read}");
        if (listed is { } validator)
        {
            Assert.True(validator.Agrees(stat) && validator.Agrees(read), $"{validator} against {stat} and {read}");
            Got(await Source.ReadAsync(path, new(0, 7), validator, new ArraySink(7), Cancel));
        }
    }

    [Fact]
    public async Task A_deleted_file_is_not_listed_any_more()
    {
        var path = Put("/gone", "x"u8);
        Put("/stays", "x"u8);
        Assert.Equal(2, Got(await Source.ListAsync(VirtualPath.Root, Cancel)).Count);
        _harness.Remove(path);
        Assert.Equal("stays", Assert.Single(Got(await Source.ListAsync(VirtualPath.Root, Cancel))).Name.ToString());
    }

    [Fact]
    public async Task Ten_thousand_entries_are_listed_each_once()
    {
        for (var number = 0; number < 10_000; number++)
            _harness.PutFile(At($"/many/frame_{number:D5}.h5"), "x"u8, Old);
        var entries = Got(await Source.ListAsync(At("/many"), Cancel));
        Assert.Equal(10_000, entries.Count);
        Assert.Equal(10_000, entries.Select(entry => entry.Name).Distinct().Count());
    }
}
