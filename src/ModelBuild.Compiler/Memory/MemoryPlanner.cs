using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Memory;

/// <summary>
/// Gives every temporary buffer a place in the arena. Buffers that are never alive at the same time may overlap. Where all sizes are numbers, the arena is one slot
/// with offsets (largest buffer first, at the lowest offset that is free during its life). Buffers whose size depends on symbols share slots, each as large as the
/// largest of its buffers.
/// </summary>
internal static class MemoryPlanner
{
    /// <summary>Every slot and every place in a slot is a multiple of this many bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    public static ArenaLayout Plan(KernelProgram program)
    {
        var bound = program.BoundSymbols.Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal);
        var views = program.Buffers.Where(buffer => buffer.Over is not null).ToLookup(buffer => buffer.Over!.Value);
        var all = Lifetime.Of(program).Where(life => program.Buffers[life.Buffer].Storage == Storage.Arena).ToArray();
        var texts = all.Where(life => program.Buffers[life.Buffer].Type.Element == ElementType.String).Select(life => life.Buffer).ToArray();
        var lives = all.Where(life => !texts.Contains(life.Buffer))
            .Select(life => new PlacedLife(life.Buffer, SizeOf(views[life.Buffer].Append(program.Buffers[life.Buffer])), life.First, life.Last)).ToArray();
        var constant = lives.Where(life => life.Size.IsConstant).ToArray();
        var dynamic = lives.Where(life => !life.Size.IsConstant && !life.Size.Symbols.Any(bound.Contains)).ToArray();
        var late = lives.Where(life => life.Size.Symbols.Any(bound.Contains)).ToArray();
        var places = new Dictionary<int, (int Slot, long Offset)>();
        var slots = new List<Dim>();
        if (constant.Length > 0)
        {
            slots.Add(PlaceConstant(constant, places));
        }

        PlaceDynamic(dynamic, slots, places);
        PlaceDynamic(late, [], places);
        foreach (var (slot, buffer) in texts.Index())
        {
            places[buffer] = (slot, 0);
        }

        return new ArenaLayout(slots, places, late.Select(life => life.Buffer).Concat(texts).ToHashSet());
    }

    // Of buffers that lie over one another, the memory is as large as the largest.
    private static Dim SizeOf(IEnumerable<ProgramBuffer> buffers) =>
        buffers.Select(buffer => AlignUp(buffer.Type.Length * buffer.Type.Element.SizeInBytes())).Aggregate(Dim.Max);

    // Rounding up every coefficient keeps a symbolic size a polynomial, so that sizes of the same symbol can be compared now and not at run time.
    private static Dim AlignUp(Dim bytes) => bytes.Terms.All(term => term.Coefficient > 0)
        ? bytes.Terms.Aggregate(Dim.Zero, (sum, term) => sum + (Dim.ExactQuotient(Dim.Of(term), term.Coefficient)! * AlignUp(term.Coefficient)))
        : Dim.AlignUp(bytes, Alignment);

    private static long AlignUp(long bytes) => (bytes + Alignment - 1) / Alignment * Alignment;

    private static Dim PlaceConstant(IReadOnlyList<PlacedLife> lives, Dictionary<int, (int Slot, long Offset)> places)
    {
        // Of each step, what is placed and alive: most buffers live for a few steps, so few others matter to them.
        var alive = new List<(PlacedLife Life, long Offset)>[lives.Max(life => life.Last) + 1];
        var end = 0L;
        foreach (var life in lives.OrderByDescending(life => life.Size.Constant).ThenBy(life => life.First).ThenBy(life => life.Buffer))
        {
            var offset = 0L;
            foreach (var (other, start) in alive[life.First..(life.Last + 1)].SelectMany(step => step ?? []).Distinct().OrderBy(other => other.Offset))
            {
                if (offset + life.Size.Constant <= start)
                {
                    break;
                }

                offset = Math.Max(offset, start + other.Size.Constant);
            }

            for (var step = life.First; step <= life.Last; step++)
            {
                (alive[step] ??= []).Add((life, offset));
            }

            places[life.Buffer] = (0, offset);
            end = Math.Max(end, offset + life.Size.Constant);
        }

        return end;
    }

    // First fit in order of birth, preferring the slot whose size grows least: sizes are compared with every symbol at a large size.
    private static void PlaceDynamic(IReadOnlyList<PlacedLife> lives, List<Dim> slots, Dictionary<int, (int Slot, long Offset)> places)
    {
        var first = slots.Count;
        var shared = new List<SharedSlot>();
        foreach (var life in lives.OrderBy(life => life.First).ThenBy(life => life.Buffer))
        {
            var slot = shared.Where(slot => slot.LastUse < life.First).MinBy(slot => Math.Abs(slot.Estimate - SharedSlot.EstimateOf(life.Size)));
            if (slot is null)
            {
                slot = new SharedSlot();
                shared.Add(slot);
            }

            slot.Add(life.Size, life.Last);
            places[life.Buffer] = (first + shared.IndexOf(slot), 0);
        }

        slots.AddRange(shared.Select(slot => slot.Size));
    }

    private sealed record PlacedLife(int Buffer, Dim Size, int First, int Last);
}

/// <summary>Where the temporary buffers of a program lie.</summary>
/// <param name="Slots">Sizes of the slots in bytes, each a multiple of <see cref="MemoryPlanner.Alignment"/>.</param>
/// <param name="Places">Slot and offset of every temporary buffer that is used.</param>
/// <param name="Late">The buffers that are placed outside the arena, in slots of their own whose size a run finds out.</param>
internal sealed record ArenaLayout(IReadOnlyList<Dim> Slots, IReadOnlyDictionary<int, (int Slot, long Offset)> Places, IReadOnlySet<int> Late)
{
    public Storage StorageOf(int index, ProgramBuffer buffer) => buffer.Storage == Storage.Arena && Late.Contains(buffer.Over ?? index) ? Storage.Late : buffer.Storage;
}
