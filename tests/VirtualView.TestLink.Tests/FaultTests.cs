using System.Net.Sockets;

namespace VirtualView.Tools.Tests;

public sealed class FaultTests
{
    private const long Megabyte = 1_000_000;

    [Fact]
    public async Task A_stalled_link_moves_nothing_until_it_is_released()
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 1);
        using var client = await fixture.ConnectAsync();
        await client.AskAsync(10, fixture.Cancel);
        fixture.Link.Stalled = true;
        var before = fixture.Link.Stats;

        var asking = client.AskAsync(Megabyte, fixture.Cancel);
        var first = await Task.WhenAny(asking, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, fixture.Cancel));

        Assert.NotSame(asking, first);
        Assert.Equal(before, fixture.Link.Stats);
        fixture.Link.Stalled = false;
        Assert.Equal(new Answer(Megabyte, 0, Ending.Open), await asking);
    }

    [Fact]
    public async Task Reset_ends_every_open_connection_with_RST_and_the_next_one_works()
    {
        await using var fixture = await LinkFixture.StartAsync();
        using var first = await fixture.ConnectAsync();
        using var second = await fixture.ConnectAsync();
        await first.AskAsync(10, fixture.Cancel);
        await second.AskAsync(10, fixture.Cancel);

        fixture.Link.ResetAll();

        Assert.Equal(Ending.Reset, (await first.ReadAsync(1, fixture.Cancel)).Ending);
        Assert.Equal(Ending.Reset, (await second.ReadAsync(1, fixture.Cancel)).Ending);
        Assert.Equal(2, fixture.Link.Stats.Resets);
        using var third = await fixture.ConnectAsync();
        Assert.Equal(new Answer(10, 0, Ending.Open), await third.AskAsync(10, fixture.Cancel));
    }

    [Fact]
    public async Task Reset_after_so_many_bytes_breaks_the_answer_once()
    {
        await using var fixture = await LinkFixture.StartAsync(megabits: 1000);
        using var client = await fixture.ConnectAsync();
        fixture.Link.ResetAfter(300_000);

        var answer = await client.AskAsync(Megabyte, fixture.Cancel);

        Assert.Equal(Ending.Reset, answer.Ending);
        // RST takes back what the client has not read yet, so fewer may have been seen.
        Assert.InRange(answer.Bytes, 0, 300_000);
        using var next = await fixture.ConnectAsync();
        Assert.Equal(new Answer(Megabyte, 0, Ending.Open), await next.AskAsync(Megabyte, fixture.Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(123_457)]
    public async Task A_cut_delivers_exactly_so_many_bytes_and_a_clean_end_once(long bytes)
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 2, megabits: 1000);
        using var client = await fixture.ConnectAsync();
        fixture.Link.CutAfter(bytes);

        Assert.Equal(new Answer(bytes, 0, Ending.Fin), await client.AskAsync(Megabyte, fixture.Cancel));

        Assert.Equal(1, fixture.Link.Stats.Cuts);
        using var next = await fixture.ConnectAsync();
        Assert.Equal(new Answer(Megabyte, 0, Ending.Open), await next.AskAsync(Megabyte, fixture.Cancel));
    }

    [Fact]
    public async Task Corruption_changes_every_nth_byte_and_nothing_else()
    {
        await using var fixture = await LinkFixture.StartAsync();
        using var client = await fixture.ConnectAsync();
        fixture.Link.CorruptEvery(10_000);

        Assert.Equal(new Answer(Megabyte, 100, Ending.Open), await client.AskAsync(Megabyte, fixture.Cancel));

        fixture.Link.StopCorrupting();
        Assert.Equal(new Answer(Megabyte, 0, Ending.Open), await client.AskAsync(Megabyte, fixture.Cancel));
        Assert.Equal(100, fixture.Link.Stats.CorruptedBytes);
    }

    [Fact]
    public async Task Corruption_once_changes_one_byte()
    {
        await using var fixture = await LinkFixture.StartAsync();
        using var client = await fixture.ConnectAsync();
        fixture.Link.CorruptOnce();

        Assert.Equal(new Answer(5000, 1, Ending.Open), await client.AskAsync(5000, fixture.Cancel));
        Assert.Equal(new Answer(5000, 0, Ending.Open), await client.AskAsync(5000, fixture.Cancel));
    }

    [Fact]
    public async Task A_refusing_link_turns_new_connections_away_keeps_open_ones_and_keeps_its_port()
    {
        await using var fixture = await LinkFixture.StartAsync();
        using var open = await fixture.ConnectAsync();
        await open.AskAsync(10, fixture.Cancel);
        for (var round = 0; round < 3; round++)
        {
            fixture.Link.Refusing = true;
            var refused = await Assert.ThrowsAsync<SocketException>(fixture.ConnectAsync);
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            Assert.Equal(new Answer(10, 0, Ending.Open), await open.AskAsync(10, fixture.Cancel));

            fixture.Link.Refusing = false;
            using var again = await fixture.ConnectAsync();
            Assert.Equal(new Answer(10, 0, Ending.Open), await again.AskAsync(10, fixture.Cancel));
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_looks_like_a_reset_to_the_client()
    {
        var server = new ByteServer();
        await using var link = new TestLink(new LinkOptions { To = server.Endpoint });
        await server.DisposeAsync();
        await link.StartAsync();
        // Stalled until the client has connected, or it might meet the reset while it still connects.
        link.Stalled = true;
        using var client = await ByteClient.ConnectAsync(link.Endpoint, TestContext.Current.CancellationToken);
        link.Stalled = false;

        Assert.Equal(Ending.Reset, (await client.ReadAsync(1, TestContext.Current.CancellationToken)).Ending);
    }

    [Fact]
    public async Task Connections_of_clients_that_leave_are_forgotten()
    {
        await using var fixture = await LinkFixture.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var client = await fixture.ConnectAsync();
            // Half of them leave in the middle of an answer, which ends with RST instead of FIN.
            await client.RequestAsync(i % 2 == 0 ? 10 : 100 * Megabyte, fixture.Cancel);
            await client.ReadAsync(10, fixture.Cancel);
        }
        while (fixture.Link.Stats.Open > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, fixture.Cancel);
        Assert.Equal(20, fixture.Link.Stats.Connections);
    }
}
