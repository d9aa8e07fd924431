using System.Globalization;
using VirtualView.Core.Paths;
using VirtualView.Core.Units;
using VirtualView.Simulation.Plans;
using VirtualView.Simulation.Remote;

namespace VirtualView.Simulation.Writing;

/// <summary>A step that calls the view, in its own words.</summary>
internal sealed record ProgramCall(Step Step)
{
    private static readonly int[] Modes = [0b110_100_100, 0b111_101_101, 0b100_000_000, 0b110_110_000];

    public VirtualPath Path => PathNames.Written[Step.Path];

    public VirtualPath OtherPath => PathNames.Written[Step.A];

    public int Slot => Step.Slot;

    public int OtherSlot => Step.Source;

    public int Mode => Modes[Step.Kind == StepKind.SetMode ? Step.A % Modes.Length : 0];

    public UnixTime Time => UnixTime.FromSeconds(1_000_000_000 + Step.A, Step.A);

    public string AttributeName => $"user.n{Step.A}";

    public string AttributeValue => Step.B.ToString(CultureInfo.InvariantCulture);

    public string Target => $"to {Path}";

    public byte[] Bytes => new Content(1_000_000 + Step.C, Step.B).Bytes.ToArray();

    public bool UsesOpenFile =>
        Step.Kind is StepKind.Write or StepKind.Append or StepKind.Allocate or StepKind.CopyRange or StepKind.Close or StepKind.Sync or StepKind.SyncData or StepKind.ReadOpen;

    public bool Opens => Step.Kind is StepKind.Create or StepKind.OpenForWriting or StepKind.OpenAndEmpty;

    public override string ToString() => PlanText.Show(Step);
}
