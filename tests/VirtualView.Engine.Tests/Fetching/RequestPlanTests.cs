using CsCheck;
using VirtualView.Engine.Fetching;

namespace VirtualView.Engine.Tests.Fetching;

public sealed class RequestPlanTests
{
    [Fact]
    public void Requests_are_of_neighbours_within_the_limit_and_cover_exactly_what_is_missing() =>
        Gen.Select(Gen.Int[0, 40].HashSet[0, 30], Gen.Int[1, 50]).Sample((numbers, limit) =>
        {
            var missing = numbers.Order().Select(number => new InflightBlock(number, 10)).ToList();
            var requests = RequestPlan.Cut(missing, limit).ToList();
            return requests.SelectMany(request => request.Blocks).SequenceEqual(missing)
                && requests.TrueForAll(request => request.Blocks.Length == 1 || request.Blocks.Sum(block => block.LengthBytes) <= limit)
                && requests.TrueForAll(request => request.Blocks.Zip(request.Blocks.Skip(1)).All(pair => pair.Second.Number == pair.First.Number + 1));
        });
}
