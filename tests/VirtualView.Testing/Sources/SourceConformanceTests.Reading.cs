using VirtualView.Core.Ranges;
using VirtualView.Core.Sources;
using VirtualView.Core.Versions;
using Xunit;

namespace VirtualView.Testing.Sources;

public abstract partial class SourceConformanceTests
{
    private const int SizeBytes = 3_000_017; // odd, and more than any buffer on the way

    [Theory]
    [InlineData(0, SizeBytes)]
    [InlineData(0, 1)]
    [InlineData(1, SizeBytes - 1)]
    [InlineData(SizeBytes - 1, 1)]
    [InlineData(65_535, 65_538)]
    [InlineData(1_048_575, 1_048_578)]
    [InlineData(2_999_000, SizeBytes - 2_999_000)]
    public async Task A_range_is_read_exactly(long offset, int length)
    {
        var content = Noise(SizeBytes, seed: 1);
        var read = await Read(Put("/file", content), offset, length);
        Assert.True(content.AsSpan((int)offset, length).SequenceEqual(read), "other bytes");
    }

    [Fact]
    public async Task A_sink_with_little_room_gets_the_same_bytes()
    {
        var content = Noise(100_003, seed: 2);
        var path = Put("/file", content);
        var sink = new ArraySink(100_001, mostBytesAtOnce: 4_093);
        Got(await Source.ReadAsync(path, new(1, 100_001), await ValidatorOf(path), sink, Cancel));
        Assert.True(content.AsSpan(1, 100_001).SequenceEqual(sink.Filled));
    }

    [Fact]
    public async Task A_reader_that_refuses_the_answer_gets_no_byte()
    {
        var path = Put("/file", Noise(1_000, seed: 3));
        var validator = await ValidatorOf(path);
        var sink = new ArraySink(1_000) { Accepts = _ => false };
        var outcome = await Source.ReadAsync(path, new(0, 1_000), validator, sink, Cancel);
        Assert.Equal(SourceErrorKind.Changed, outcome.Error?.Kind);
        Assert.Equal(0, sink.FilledBytes);
        Assert.True(validator.Agrees(sink.Answer!.Value), "the reader was asked about something else");
    }

    [Fact]
    public async Task An_empty_file_is_read_and_its_version_checked()
    {
        var path = Put("/empty", []);
        var validator = await ValidatorOf(path);
        Assert.Equal(0, validator.SizeBytes);
        Assert.Empty(await Read(path, 0, 0));
        _harness.PutFile(path, "not any more"u8, Newer);
        await FailsToRead(SourceErrorKind.Changed, "/empty", new(0, 0), validator);
    }

    [Theory]
    [InlineData("same length")] // only the time differs
    [InlineData("much longer than it was before, so that the range is inside")]
    [InlineData("short")]
    [InlineData("")]
    public async Task A_changed_file_gives_no_byte_of_either_version(string changed)
    {
        var path = Put("/file", "Same Length"u8);
        var before = await ValidatorOf(path);
        _harness.PutFile(path, System.Text.Encoding.UTF8.GetBytes(changed), Newer);
        await FailsToRead(SourceErrorKind.Changed, "/file", new(0, 11), before);
        await FailsToRead(SourceErrorKind.Changed, "/file", new(6, 5), before);
        await FailsToRead(SourceErrorKind.Changed, "/file", new(10, 1), before);
    }

    [Fact]
    public async Task A_version_of_another_size_or_time_is_refused()
    {
        var validator = await ValidatorOf(Put("/file", "content"u8));
        await FailsToRead(SourceErrorKind.Changed, "/file", new(0, 7), validator with { SizeBytes = 8 });
        await FailsToRead(SourceErrorKind.Changed, "/file", new(0, 7), validator with { ModifiedAt = Newer });
    }

    [Fact]
    public async Task A_deleted_file_is_not_found()
    {
        var path = Put("/dir/file", "content"u8);
        var before = await ValidatorOf(path);
        _harness.Remove(path);
        await FailsToRead(SourceErrorKind.NotFound, "/dir/file", new(0, 7), before);
        _harness.Remove(At("/dir"));
        await FailsToRead(SourceErrorKind.NotFound, "/dir/file", new(0, 7), before);
    }

    [Fact]
    public async Task A_directory_in_place_of_the_file_is_the_wrong_kind()
    {
        var path = Put("/file", "content"u8);
        var before = await ValidatorOf(path);
        _harness.Remove(path);
        _harness.PutDirectory(path);
        await FailsToRead(SourceErrorKind.WrongKind, "/file", new(0, 7), before);
    }

    [Fact]
    public async Task Many_readers_at_the_same_time_get_their_own_ranges()
    {
        var content = Noise(SizeBytes, seed: 3);
        var path = Put("/file", content);
        var validator = await ValidatorOf(path);
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async reader =>
        {
            var range = new ByteRange(reader * 90_001, 200_003 - reader);
            var sink = new ArraySink((int)range.Length, mostBytesAtOnce: 65_536);
            Got(await Source.ReadAsync(path, range, validator, sink, Cancel));
            Assert.True(content.AsSpan((int)range.Offset, (int)range.Length).SequenceEqual(sink.Filled), $"reader {reader}");
        }));
    }

    [Fact]
    public async Task A_cancelled_call_throws_and_gives_nothing()
    {
        var path = Put("/file", "content"u8);
        var validator = await ValidatorOf(path);
        var cancelled = new CancellationToken(canceled: true);
        var sink = new ArraySink(7);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Source.ReadAsync(path, new(0, 7), validator, sink, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Source.StatAsync(path, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Source.ListAsync(path.Parent, cancelled));
        Assert.Equal(0, sink.FilledBytes);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_stops_the_read_and_harms_no_other()
    {
        var content = Noise(SizeBytes, seed: 4);
        var path = Put("/file", content);
        var validator = await ValidatorOf(path);
        using var stop = new CancellationTokenSource();
        var sink = new ArraySink(SizeBytes, mostBytesAtOnce: 65_536) { Advanced = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Source.ReadAsync(path, new(0, SizeBytes), validator, sink, stop.Token));
        Assert.InRange(sink.FilledBytes, 1, 65_536);
        Assert.True(content.AsSpan(0, sink.FilledBytes).SequenceEqual(sink.Filled));
        Assert.Equal(content, await Read(path, 0, SizeBytes));
    }

    private async Task FailsToRead(SourceErrorKind kind, string path, ByteRange range, Validator expected)
    {
        var sink = new ArraySink((int)range.Length);
        Failed(kind, await Source.ReadAsync(At(path), range, expected, sink, Cancel));
        Assert.Equal(0, sink.FilledBytes);
    }
}
