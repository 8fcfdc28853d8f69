using System.Collections.Generic;
using System.Linq;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Emission;

/// <summary>
/// Where the slots begin in the arena. Slots of constant size come first, so that they begin at literal offsets; where the others begin is computed once a run,
/// each from the one before.
/// </summary>
internal sealed class ArenaLayout
{
    private readonly long?[] _offsets;

    public ArenaLayout(ModelPlan plan)
    {
        _offsets = new long?[plan.Slots.Count];
        for (var i = 0; i < plan.Slots.Count; i++)
        {
            if (plan.Slots[i].IsConstant)
            {
                _offsets[i] = ConstantBytes;
                ConstantBytes += plan.Slots[i].Constant;
            }
        }

        DynamicSlots = [.. Enumerable.Range(0, plan.Slots.Count).Where(i => _offsets[i] is null)];
    }

    /// <summary>Bytes of all slots of constant size.</summary>
    public long ConstantBytes { get; }

    /// <summary>Indices of the slots whose sizes depend on symbols, in the order in which they lie in memory.</summary>
    public IReadOnlyList<int> DynamicSlots { get; }

    public bool IsConstant => DynamicSlots.Count == 0;

    public bool IsEmpty => IsConstant && ConstantBytes == 0;

    /// <summary>Where a buffer begins in the arena: a literal, or a field of <c>sizes</c> and what to add to it.</summary>
    public string OffsetOf(PlanBuffer buffer) => _offsets[buffer.Slot] is { } slot
        ? Literals.Of(slot + buffer.Offset)
        : $"sizes.{FieldOf(buffer.Slot)}" + (buffer.Offset == 0 ? string.Empty : $" + {buffer.Offset}");

    /// <summary>Whether where a slot begins is known only at run time.</summary>
    public bool IsDynamic(int slot) => _offsets[slot] is null;

    /// <summary>The field of <c>Sizes</c> that says where a slot of dynamic size begins.</summary>
    public static string FieldOf(int slot) => $"Slot{slot}";
}
