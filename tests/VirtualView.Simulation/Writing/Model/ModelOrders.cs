using VirtualView.Core.Outcomes;

namespace VirtualView.Simulation.Writing.Model;

/// <summary>States after calls that were under way together: in any order that explains their answers.</summary>
/// <param name="mayFail">Errors that say nothing of the state, because the source was in trouble.</param>
internal sealed class ModelOrders(ModelCalls calls, Func<FileSystemError, bool> mayFail)
{
    public IEnumerable<ModelState> After(IEnumerable<ModelState> states, IReadOnlyList<CallUnderWay> underWay) =>
        Distinct(states.SelectMany(state => After(state, underWay)));

    public static IEnumerable<ModelState> Distinct(IEnumerable<ModelState> states) => states.DistinctBy(state => state.Fingerprint());

    private IEnumerable<ModelState> After(ModelState state, IReadOnlyList<CallUnderWay> left)
    {
        // What was not answered may not have happened.
        if (left.All(call => call.Error is null)) yield return state;
        foreach (var call in left)
        {
            var others = left.Where(other => !ReferenceEquals(other, call)).ToList(); // two may be alike
            foreach (var next in Distinct(After(state, call)))
            {
                foreach (var end in After(next, others)) yield return end;
            }
        }
    }

    private IEnumerable<ModelState> After(ModelState state, CallUnderWay underWay)
    {
        if (underWay.Error is { } failed && mayFail(failed)) return [state];
        if (!IsPossible(state, underWay.Call)) return [];
        var answers = calls.Apply(state, underWay.Call);
        return answers.Where(answer => underWay.Error is not { } error || answer.Error == error)
            .Select(answer => answer.Error == FileSystemError.None ? Tidy(answer.State) : state);
    }

    /// <summary>What a call only passed by is the source's as before.</summary>
    private static ModelState Tidy(ModelState state) =>
        state.Inodes.Values.Where(inode => inode.MayVanish && !state.Open.ContainsValue(inode.Id)).Aggregate(state, (now, inode) => ModelCalls.Vanished(now, inode.Id));

    private static bool IsPossible(ModelState state, ProgramCall call) => !call.UsesOpenFile || state.Open.ContainsKey(call.Slot);
}
