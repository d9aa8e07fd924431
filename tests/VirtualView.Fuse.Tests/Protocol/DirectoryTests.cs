using System.Runtime.InteropServices;
using System.Text;
using VirtualView.Fuse.TestHost;
using VirtualView.Fuse.Wire;

namespace VirtualView.Fuse.Tests.Protocol;

public sealed class DirectoryTests
{
    [Theory]
    [InlineData(28u, 24)] // READDIR
    [InlineData(44u, 152)] // READDIRPLUS
    public async Task A_directory_read_in_small_pieces_names_every_entry_once(uint opcode, int fixedBytes)
    {
        await using var kernel = await FakeKernel.StartAsync();
        var handle = await OpenDirectoryAsync(kernel, "names");
        var names = new List<string>();
        var position = 0L;
        while (true)
        {
            var reply = await kernel.CallAsync((FuseOpcode)opcode, 2, FakeKernel.Read(handle, position, 512));
            if (reply.Payload.Length == 0) break;
            Assert.InRange(reply.Payload.Length, 1, 512);
            foreach (var (entry, name) in Parse(reply.Payload, fixedBytes))
            {
                names.Add(Convert.ToHexString(name));
                position = (long)entry.NextPosition;
            }
        }

        var expected = SampleTree.OddNames.Select(name => Convert.ToHexString(name.Bytes)).Append("2E").Append("2E2E");
        Assert.Equal(expected.Order(), names.Order());
    }

    [Fact]
    public async Task Each_entry_with_attributes_counts_as_a_lookup_but_the_dots_do_not()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var handle = await OpenDirectoryAsync(kernel, "names");
        var before = kernel.Tree.Files.OutstandingLookups;
        await kernel.CallAsync(FuseOpcode.ReadDir, 2, FakeKernel.Read(handle, 0, 8192));
        Assert.Equal(before, kernel.Tree.Files.OutstandingLookups);
        var reply = await kernel.CallAsync(FuseOpcode.ReadDirPlus, 2, FakeKernel.Read(handle, 0, 8192));
        Assert.Equal(before + SampleTree.OddNames.Count, kernel.Tree.Files.OutstandingLookups);
        Assert.Equal(0ul, MemoryMarshal.Read<DirectoryEntryPlus>(reply.Payload).Entry.NodeId); // "."
    }

    [Fact]
    public async Task What_lies_between_entries_is_zero()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var small = await kernel.OpenAsync("small");
        for (var i = 0; i < 20; i++) await kernel.CallAsync(FuseOpcode.Read, 2, FakeKernel.Read(small, 0, 65536)); // fills the reply buffers
        var handle = await OpenDirectoryAsync(kernel, "names");
        var reply = await kernel.CallAsync(FuseOpcode.ReadDir, 2, FakeKernel.Read(handle, 0, 8192));
        for (var at = 0; at < reply.Payload.Length;)
        {
            var used = 24 + (int)MemoryMarshal.Read<DirectoryEntry>(reply.Payload.AsSpan(at)).NameBytes;
            var next = (used + 7) & ~7;
            Assert.All(reply.Payload[(at + used)..(at + next)], filler => Assert.Equal(0, filler));
            at += next;
        }
    }

    [Fact]
    public async Task A_link_is_read_and_what_is_none_is_not()
    {
        await using var kernel = await FakeKernel.StartAsync();
        var link = await kernel.LookupAsync("dangling");
        Assert.Equal("no/such/file", Encoding.UTF8.GetString((await kernel.CallAsync(FuseOpcode.ReadLink, link.Value, [])).Payload));
        Assert.Equal(22, (await kernel.CallAsync(FuseOpcode.ReadLink, 1, [])).Error); // EINVAL
    }

    private static async Task<ulong> OpenDirectoryAsync(FakeKernel kernel, string name)
    {
        var node = await kernel.LookupAsync(name);
        return (await kernel.CallAsync(FuseOpcode.OpenDir, node.Value, FakeKernel.Bytes(new OpenIn()))).As<OpenOut>().Handle;
    }

    private static IEnumerable<(DirectoryEntry Entry, byte[] Name)> Parse(byte[] payload, int fixedBytes)
    {
        for (var at = 0; at < payload.Length;)
        {
            var entry = MemoryMarshal.Read<DirectoryEntry>(payload.AsSpan(at + fixedBytes - 24));
            yield return (entry, payload[(at + fixedBytes)..(at + fixedBytes + (int)entry.NameBytes)]);
            at += (fixedBytes + (int)entry.NameBytes + 7) & ~7;
        }
    }
}
