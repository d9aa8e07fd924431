using System.Diagnostics;

namespace VirtualView.Tools.Tests;

public sealed class TransportTests(ITestOutputHelper output)
{
    private const long Megabyte = 1_000_000;

    [Fact]
    public async Task Bytes_arrive_intact_and_no_faster_than_the_link()
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 10, megabits: 1000);
        using var client = await fixture.ConnectAsync();
        var clock = Stopwatch.StartNew();

        var answer = await client.AskAsync(60 * Megabyte, fixture.Cancel);

        output.WriteLine($"60 MB in {clock.Elapsed.TotalSeconds:F3} s");
        Assert.Equal(new Answer(60 * Megabyte, 0, Ending.Open), answer);
        // 60 MB at 117.7 MB/s; what the loop catches up after a late wake-up is no faster than the link on the whole.
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.48), $"{clock.Elapsed}");
        Assert.Equal(60 * Megabyte, fixture.Link.Stats.DownBytes);
    }

    [Fact]
    public async Task A_fresh_connection_costs_two_round_trips_and_a_used_one_costs_one()
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 40);
        var clock = Stopwatch.StartNew();
        using var client = await fixture.ConnectAsync();
        await client.AskAsync(100, fixture.Cancel);
        var fresh = clock.Elapsed;
        clock.Restart();
        await client.AskAsync(100, fixture.Cancel);
        var used = clock.Elapsed;

        output.WriteLine($"fresh {fresh.TotalMilliseconds:F2} ms, used {used.TotalMilliseconds:F2} ms");
        Assert.True(fresh >= TimeSpan.FromMilliseconds(80), $"{fresh}");
        Assert.True(used >= TimeSpan.FromMilliseconds(40), $"{used}");
    }

    [Fact]
    public async Task Two_connections_share_the_bandwidth()
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 2, megabits: 400);
        using var first = await fixture.ConnectAsync();
        using var second = await fixture.ConnectAsync();
        var clock = Stopwatch.StartNew();

        var answers = await Task.WhenAll(
            first.AskAsync(12 * Megabyte, fixture.Cancel), second.AskAsync(12 * Megabyte, fixture.Cancel));

        output.WriteLine($"2 x 12 MB in {clock.Elapsed.TotalSeconds:F3} s");
        Assert.All(answers, answer => Assert.Equal(new Answer(12 * Megabyte, 0, Ending.Open), answer));
        // 24 MB at 47 MB/s are 0.51 s; each alone would take half of that.
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.46), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task A_receiver_that_does_not_read_holds_the_sender_back_and_loses_nothing()
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 1, megabits: 10_000);
        using var slow = await fixture.ConnectAsync();
        using var quick = await fixture.ConnectAsync();
        await slow.RequestAsync(200 * Megabyte, fixture.Cancel);

        // While one waits, the other moves more than any queue could hold.
        var moved = await quick.AskAsync(150 * Megabyte, fixture.Cancel);
        var crossed = fixture.Link.Stats.DownBytes - 150 * Megabyte;
        var answer = await slow.ReadAsync(200 * Megabyte, fixture.Cancel);

        output.WriteLine($"{crossed / 1e6:F1} MB had crossed for the one that did not read");
        Assert.Equal(new Answer(150 * Megabyte, 0, Ending.Open), moved);
        Assert.True(crossed < 100 * Megabyte, $"{crossed}");
        Assert.Equal(new Answer(200 * Megabyte, 0, Ending.Open), answer);
    }

    [Fact]
    public async Task Slow_start_takes_more_round_trips_for_the_first_megabyte()
    {
        await using var fixture = await LinkFixture.StartAsync(rttMilliseconds: 20, megabits: 1000, slowStart: true);
        var clock = Stopwatch.StartNew();
        using var client = await fixture.ConnectAsync();

        var answer = await client.AskAsync(Megabyte, fixture.Cancel);

        output.WriteLine($"1 MB in {clock.Elapsed.TotalMilliseconds:F1} ms");
        Assert.Equal(new Answer(Megabyte, 0, Ending.Open), answer);
        // 10 + 20 + 40 + ... segments of 1448 bytes: a megabyte needs seven windows, and the handshake one round trip.
        Assert.True(clock.Elapsed >= TimeSpan.FromMilliseconds(8 * 20), $"{clock.Elapsed}");
    }

    [Fact]
    public async Task Round_trip_and_bandwidth_change_while_it_runs()
    {
        await using var fixture = await LinkFixture.StartAsync();
        using var client = await fixture.ConnectAsync();
        await client.AskAsync(Megabyte, fixture.Cancel);

        fixture.Link.Rtt = TimeSpan.FromMilliseconds(60);
        fixture.Link.Bandwidth = new LinkRate(40_000_000);
        var clock = Stopwatch.StartNew();
        var answer = await client.AskAsync(Megabyte, fixture.Cancel);

        Assert.Equal(new Answer(Megabyte, 0, Ending.Open), answer);
        // 1 MB at 4.7 MB/s and a round trip.
        Assert.True(clock.Elapsed > TimeSpan.FromMilliseconds(260), $"{clock.Elapsed}");
    }
}
