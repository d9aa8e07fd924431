using CsCheck;
using VirtualView.Core.Tests.Generators;

namespace VirtualView.State.Tests.History;

/// <summary>One thing done to a history and to its model.</summary>
public sealed record HistoryStep(HistoryStep.What Does, TreeChange[] Changes, int Pick, int PickToo)
{
    public enum What
    {
        Record,

        /// <summary>In the place of the one before, as where only something was learned.</summary>
        RecordInstead,
        RecordAndRemove,
        Remove,
        Name,
        Restart,

        /// <summary>The next record is told nothing of the one before.</summary>
        LoseThePrevious,
    }

    public static readonly Gen<HistoryStep> Any = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(What.Record)), (2, Gen.Const(What.RecordInstead)), (4, Gen.Const(What.RecordAndRemove)), (2, Gen.Const(What.Remove)),
            (1, Gen.Const(What.Name)), (1, Gen.Const(What.Restart)), (1, Gen.Const(What.LoseThePrevious))),
        TreeChange.Any.Array[1, 4],
        Gen.Int[0, 1000],
        Gen.Int[0, 1000],
        (does, changes, pick, pickToo) => new HistoryStep(does, changes, pick, pickToo));
}
