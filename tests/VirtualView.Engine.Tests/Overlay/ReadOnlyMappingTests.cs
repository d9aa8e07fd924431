using System.Text;
using VirtualView.Core.FileSystem;
using VirtualView.Core.Outcomes;
using VirtualView.Core.Paths;
using VirtualView.Core.Sources;
using VirtualView.Engine.Options;
using VirtualView.Engine.Tests.World;

namespace VirtualView.Engine.Tests.Overlay;

/// <summary>A view that can be written, with a read-only mapping in it, in which another one can be written.</summary>
public sealed class ReadOnlyMappingTests : IAsyncLifetime
{
    private readonly WriteWorld _world = new();
    private readonly FakeSource _fixed = new("fixed");
    private readonly FakeSource _inner = new("inner");

    public async ValueTask InitializeAsync()
    {
        _world.Source.Put("/free", [1]);
        _world.Source.Put("/a/b", [1]);
        _fixed.Put("/raw", [2]);
        _fixed.Put("/d/raw", [2]);
        _inner.Put("/mine", [3]);
        await OpenAsync(isReadOnly: true);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Nothing_in_it_can_be_changed()
    {
        Assert.Equal(FileSystemError.ReadOnly, (await _world.MakeAsync("/a/ro/new", EntryKind.Directory)).Error);
        Assert.Equal(FileSystemError.ReadOnly, (await _world.MakeAsync("/a/ro/d/new", EntryKind.Symlink, "x")).Error);
        var (directory, file) = (await _world.NodeAsync("/a/ro/d"), await _world.NodeAsync("/a/ro/raw"));
        var what = new NewNode { Kind = EntryKind.File, Mode = 0, Owner = new Caller(0, 0) };
        Assert.Equal(FileSystemError.ReadOnly, (await _world.Files.CreateAsync(directory, PathName.Of("new"), what, OpenIntent.Write, TestWorld.Cancel)).Error);
        Assert.Equal(FileSystemError.ReadOnly, (await _world.Files.CreateUnnamedAsync(directory, what, OpenIntent.Write, TestWorld.Cancel)).Error);
        Assert.Equal(FileSystemError.ReadOnly, (await _world.TryOpenAsync("/a/ro/raw", OpenIntent.Read | OpenIntent.Write)).Error);
        Assert.Equal(FileSystemError.ReadOnly, (await _world.TryOpenAsync("/a/ro/raw", OpenIntent.Read | OpenIntent.Truncate)).Error);
        Assert.Equal(FileSystemError.ReadOnly, await _world.UnlinkAsync("/a/ro/raw"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RemoveDirectoryAsync("/a/ro/d"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.SetAsync("/a/ro/raw", new AttributeChange { Mode = 0 }));
        Assert.Equal(FileSystemError.ReadOnly, await _world.SetAsync("/a/ro", new AttributeChange { Mode = 0 }));
        Assert.Equal(FileSystemError.ReadOnly, await _world.LinkAsync("/a/ro/raw", "/a/other"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.LinkAsync("/free", "/a/ro/other"));
        var name = Encoding.ASCII.GetBytes("user.x");
        Assert.Equal(FileSystemError.ReadOnly, await _world.Files.SetExtendedAttributeAsync(file, name, name, SetAttributeMode.Either, TestWorld.Cancel));
        Assert.Equal(FileSystemError.ReadOnly, await _world.Files.RemoveExtendedAttributeAsync(file, name, TestWorld.Cancel));
        Assert.Equal(0, _world.World.Journal.Commits);
        Assert.Equal([2], await _world.ReadAllAsync("/a/ro/raw"));
    }

    [Fact]
    public async Task Nothing_is_renamed_into_it_out_of_it_or_with_it()
    {
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/free", "/a/ro/free"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/free", "/a/ro/raw"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/a/ro/raw", "/mine"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/a/ro/raw", "/free", RenameMode.Exchange));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/a/ro", "/other"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/a", "/other"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/a/ro/rw", "/other"));
        Assert.Equal(FileSystemError.None, await _world.RenameAsync("/a/b", "/c"));
    }

    [Fact]
    public async Task What_can_be_written_in_it_and_beside_it_can()
    {
        Assert.Equal(FileSystemError.None, await _world.PutAsync("/a/ro/rw/new", [7]));
        Assert.Equal(FileSystemError.None, await _world.UnlinkAsync("/a/ro/rw/mine"));
        Assert.Equal(FileSystemError.None, await _world.RenameAsync("/free", "/a/ro/rw/free"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.RenameAsync("/a/ro/rw/free", "/a/ro/free"));
        Assert.Equal("free new", await _world.ListAsync("/a/ro/rw"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.UnlinkAsync("/a/ro/raw")); // also where the directory is a local inode
        Assert.Equal("d raw rw", await _world.ListAsync("/a/ro"));
    }

    [Fact]
    public async Task What_was_changed_before_it_became_read_only_shows_and_stays_as_it_is()
    {
        await OpenAsync(isReadOnly: false);
        Assert.Equal(FileSystemError.None, await _world.PutAsync("/a/ro/new", [7]));
        await OpenAsync(isReadOnly: true);
        Assert.Equal([7], await _world.ReadAllAsync("/a/ro/new"));
        Assert.Equal(FileSystemError.ReadOnly, await _world.UnlinkAsync("/a/ro/new"));
        Assert.Equal(FileSystemError.ReadOnly, (await _world.TryOpenAsync("/a/ro/new", OpenIntent.Write)).Error);
        Assert.Equal(FileSystemError.None, _world.World.Engine.Discard(VirtualPath.Parse("/a/ro/new")));
    }

    private async Task OpenAsync(bool isReadOnly)
    {
        var before = _world.World.IsOpen ? _world.World.Engine : null;
        await _world.World.OpenAsync([_world.Source, _fixed, _inner],
        [
            new MappingOptions { At = VirtualPath.Root, Sources = [_world.Source.Id] },
            new MappingOptions { At = VirtualPath.Parse("/a/ro"), Sources = [_fixed.Id], IsReadOnly = isReadOnly },
            new MappingOptions { At = VirtualPath.Parse("/a/ro/rw"), Sources = [_inner.Id] },
        ]);
        if (before is not null) await before.DisposeAsync();
    }
}
