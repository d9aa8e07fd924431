using Microsoft.Extensions.Time.Testing;
using VirtualView.Core.Paths;
using VirtualView.Engine.Polling.Pacing;

namespace VirtualView.Engine.Tests.Polling.Pacing;

public sealed class DirectoryPacesTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
    private static readonly VirtualPath Path = VirtualPath.Parse("/d");

    private readonly FakeTimeProvider _clock = new();
    private readonly DirectoryPaces _paces;

    public DirectoryPacesTests() => _paces = new DirectoryPaces(Interval, Longest, new Random(1), _clock);

    [Fact]
    public void A_directory_that_changes_comes_every_interval_give_or_take_a_tenth()
    {
        for (var round = 0; round < 20; round++)
        {
            Ask(isHot: true);
            Assert.InRange((_paces.NextDue()!.Value - _clock.GetUtcNow()) / Interval, 0.9, 1.1);
            _clock.Advance(1.1 * Interval);
            Assert.True(_paces.TryTakeDue(out _));
        }
    }

    [Fact]
    public void One_that_does_not_comes_twice_as_late_each_time_and_is_cold_in_the_end()
    {
        Ask(isHot: true);
        foreach (var doubled in new[] { 2, 4, 8, 16 })
        {
            Ask(isHot: false);
            Assert.InRange((_paces.NextDue()!.Value - _clock.GetUtcNow()) / Interval, 0.9 * doubled, 1.1 * doubled);
        }

        Ask(isHot: false);

        Assert.Null(_paces.NextDue());
        Assert.Equal(0, _paces.Count);
    }

    [Fact]
    public void One_that_is_used_is_hot_again()
    {
        Ask(isHot: true);
        for (var round = 0; round < 3; round++) Ask(isHot: false);

        _paces.Use(Path);

        Assert.InRange((_paces.NextDue()!.Value - _clock.GetUtcNow()) / Interval, 0.9, 1.1);
    }

    [Fact]
    public void What_was_asked_for_less_than_an_interval_ago_is_fresh()
    {
        Assert.False(_paces.Use(Path));
        Ask(isHot: true);
        _clock.Advance(Interval - TimeSpan.FromSeconds(1));
        Assert.True(_paces.Use(Path));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_paces.Use(Path));
    }

    [Fact]
    public void A_cold_directory_that_a_sweep_finds_unchanged_stays_cold()
    {
        Ask(isHot: false);
        Assert.Equal(0, _paces.Count);
    }

    [Fact]
    public void Who_has_waited_longest_comes_first_and_each_once()
    {
        for (var at = 0; at < 100; at++)
        {
            _paces.Asked(VirtualPath.Parse($"/d{at}"), _clock.GetUtcNow(), isHot: true);
            _clock.Advance(TimeSpan.FromSeconds(10));
        }

        var taken = new List<string>();
        while (_paces.TryTakeDue(out var path)) taken.Add(path.ToString());

        Assert.Equal(taken.Distinct(), taken);
        Assert.InRange(taken.Count, 96, 98);
        Assert.Equal("/d0", taken[0]);
    }

    private void Ask(bool isHot) => _paces.Asked(Path, _clock.GetUtcNow(), isHot);
}
