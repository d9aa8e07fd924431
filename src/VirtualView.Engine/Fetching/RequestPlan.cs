using System.Collections.Immutable;

namespace VirtualView.Engine.Fetching;

/// <summary>Joins missing blocks, which come in ascending order, to requests of neighbours.</summary>
internal static class RequestPlan
{
    public static IEnumerable<BlockRequest> Cut(IEnumerable<InflightBlock> missing, int maxRequestBytes)
    {
        var run = ImmutableArray.CreateBuilder<InflightBlock>();
        var bytes = 0L;
        foreach (var block in missing)
        {
            if (run.Count > 0 && (block.Number != run[^1].Number + 1 || bytes + block.LengthBytes > maxRequestBytes))
            {
                yield return new BlockRequest(run.ToImmutable());
                run.Clear();
                bytes = 0;
            }

            run.Add(block);
            bytes += block.LengthBytes;
        }

        if (run.Count > 0) yield return new BlockRequest(run.ToImmutable());
    }
}
