namespace VirtualView.Simulation.Scheduling;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine and runtime.</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream of its own for each purpose, so that one more draw here shifts nothing there.</summary>
    public static SeededRandom For(ulong seed, string purpose)
    {
        var state = seed ^ 14695981039346656037;
        foreach (var letter in purpose)
            state = (state ^ letter) * 1099511628211;
        return new SeededRandom(state);
    }

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>0 up to, not including, <paramref name="below"/>.</summary>
    public int Next(int below) => (int)(NextBits() % (ulong)below);

    public int Between(int from, int to) => from + Next(to - from + 1);

    public bool Chance(double probability) => (NextBits() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> among) => among[Next(among.Count)];
}
