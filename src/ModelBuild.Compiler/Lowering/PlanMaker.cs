using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Memory;
using ModelBuild.Compiler.Ops;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Lowering;

/// <summary>Turns a program into the two files that the generator and the build use: the plan and the weights.</summary>
internal static class PlanMaker
{
    private const int Alignment = MemoryPlanner.Alignment;

    public static (ModelPlan Plan, WeightsContent Weights) Make(KernelProgram program, PlanIdentity identity, IReadOnlyList<string> summary, IReadOnlyList<PlanState> states)
    {
        var used = UsedBuffers(program);
        var layout = MemoryPlanner.Plan(program);
        RequireSize("the intermediate results", layout.Slots.Where(slot => slot.IsConstant).Sum(slot => slot.Constant));
        RequireSize("the weights", program.Buffers.Sum(buffer => (long)(buffer.Constant?.Bytes.Length ?? 0)));
        var weights = new WeightsContent();
        var buffers = new List<PlanBuffer>();
        var newIndex = new Dictionary<int, int>();
        var names = new BufferNames();
        var positions = new Dictionary<Storage, int>();
        var prepared = 0L;
        for (var i = 0; i < program.Buffers.Count; i++)
        {
            var buffer = program.Buffers[i];
            var isSignature = buffer.Storage is Storage.Input or Storage.Output;
            if (!isSignature && !used.Contains(i))
            {
                continue;
            }

            newIndex[i] = buffers.Count;
            var (slot, offset) = buffer.Storage switch
            {
                Storage.Constant => (0, weights.Add(Content(buffer.Constant!))),
                Storage.Prepared => (0, Reserve(ref prepared, buffer)),
                Storage.Arena or Storage.Late => layout.Places[buffer.Over ?? i],
                _ => (Position(positions, buffer.Storage), 0L),
            };
            buffers.Add(new PlanBuffer(
                names.Unique(buffer.Name), isSignature ? buffer.Name : string.Empty, buffer.Type.Element, buffer.Type.Shape, layout.StorageOf(i, buffer), slot, offset, buffer.Note));
        }

        var plan = new ModelPlan
        {
            Key = identity.Key,
            Source = identity.Source,
            ClassName = identity.ClassName,
            Namespace = identity.Namespace,
            Summary = summary,
            Symbols = [.. SymbolSources.Find(program), .. program.BoundSymbols.Select(symbol => new PlanSymbol(symbol.Name, symbol.OnnxName, symbol.Min, symbol.Max, PlanSymbol.BoundByStep, Dim.One))],
            Buffers = buffers,
            States = states, // Inputs and outputs come first, here as there.
            Defaults = [.. program.Buffers.Index().Where(pair => pair.Item.Default is not null).Select(pair => new PlanDefault(newIndex[pair.Index], newIndex[pair.Item.Default!.Value]))],
            Slots = layout.Slots,
            Weights = new WeightsFile(identity.ResourceName, weights.Length, weights.Sha256()),
            PreparedLength = prepared,
            PrepareSteps = [.. program.PrepareSteps.Select(step => (KernelCall)Renumber(step.Call, newIndex))],
            Steps = [.. program.Steps.Select(step => Renumber(step.Plan, newIndex))],
            Threads = identity.Threads,
        };
        return (plan, weights);
    }

    private static HashSet<int> UsedBuffers(KernelProgram program) =>
        [.. program.PrepareSteps.Concat(program.Steps).SelectMany(step => step.Plan.Buffers).Select(argument => argument.Buffer), .. program.Buffers.Select(buffer => buffer.Default).OfType<int>()];

    private static PlanStep Renumber(PlanStep step, Dictionary<int, int> newIndex) => step switch
    {
        KernelCall call => call with { Arguments = [.. call.Arguments.Select(argument => argument is BufferArgument buffer ? buffer with { Buffer = newIndex[buffer.Buffer] } : argument)] },
        BindStep bind => bind with { Buffer = newIndex[bind.Buffer] },
        IfStep branch => branch with { Condition = newIndex[branch.Condition] },
        LoopStep { Condition: >= 0 } loop => loop with { Condition = newIndex[loop.Condition] },
        _ => step,
    };

    private static void RequireSize(string what, long bytes)
    {
        if (bytes > ValueSize.MostBytes)
        {
            throw ValueSize.TooLarge($"{what} take {bytes} bytes");
        }
    }

    private static int Position(Dictionary<Storage, int> positions, Storage storage)
    {
        var position = positions.GetValueOrDefault(storage);
        positions[storage] = position + 1;
        return position;
    }

    private static ReadOnlyMemory<byte> Content(Tensor constant) => constant.Type == ElementType.String ? TextTable(constant.Strings) : constant.Memory;

    // Of each text the length in bytes and the bytes, in UTF-8.
    private static byte[] TextTable(IReadOnlyList<string> texts)
    {
        var table = new MemoryStream();
        using var writer = new BinaryWriter(table);
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        return table.ToArray();
    }

    private static long Reserve(ref long length, ProgramBuffer buffer)
    {
        var offset = length;
        length = AlignUp(checked(length + (buffer.Type.Length.Constant * buffer.Type.Element.SizeInBytes())));
        return offset;
    }

    private static long AlignUp(long value) => checked(value + Alignment - 1) / Alignment * Alignment;
}

/// <summary>What a plan says about itself.</summary>
/// <param name="Key">Hash over the model, the options and the tool.</param>
/// <param name="Source">The model's file.</param>
/// <param name="ClassName">The class to write.</param>
/// <param name="Namespace">Its namespace; empty for none.</param>
/// <param name="ResourceName">The name under which the weights are embedded.</param>
/// <param name="Threads">Threads that a run may use.</param>
internal sealed record PlanIdentity(string Key, ModelSource Source, string ClassName, string Namespace, string ResourceName, int Threads);
