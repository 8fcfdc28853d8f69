using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelBuild.Generator.Sources;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Reading;

/// <summary>
/// What must hold of a plan so that the class written for it compiles and never reads or writes outside its memory. A plan that the compiler wrote passes; one
/// that was damaged, or that another version wrote, may not.
/// </summary>
internal static class PlanChecks
{
    private const int MaxThreads = 64;

    /// <summary>Checks <paramref name="plan"/>.</summary>
    /// <exception cref="FormatException">Something does not hold; the message says what.</exception>
    public static void Check(ModelPlan plan, KernelLibrary library)
    {
        Require(SyntaxFacts.IsValidIdentifier(plan.ClassName), $"'{plan.ClassName}' is not a class name.");
        Require(
            !Emission.ModelNames.MemberNames.Contains(plan.ClassName),
            $"the class cannot be called '{plan.ClassName}', which is the name of one of its members; set another name with the Class metadata of the item.");
        Require(
            plan.Namespace.Length == 0 || plan.Namespace.Split('.').All(SyntaxFacts.IsValidIdentifier),
            $"'{plan.Namespace}' is not a namespace.");
        Require(plan.Weights.Length is >= 0 and <= int.MaxValue - 64, $"{plan.Weights.Length} bytes of weights are more than a resource of an assembly can hold.");
        Require(plan.PreparedLength is >= 0 and <= int.MaxValue - 64, $"{plan.PreparedLength} bytes of prepared constants are more than an array can hold.");

        Require(plan.Threads is >= 0 and <= MaxThreads, $"{plan.Threads} is not a number of threads.");

        var symbols = CheckSymbols(plan);
        var planned = new HashSet<string>(plan.Symbols.Where(symbol => !symbol.IsBoundByStep).Select(symbol => symbol.Name));
        foreach (var slot in plan.Slots)
        {
            CheckDim(slot, planned, "a slot's size");
        }

        foreach (var buffer in plan.Buffers)
        {
            CheckBuffer(plan, buffer, symbols);
        }

        SignatureChecks.Check(plan);
        foreach (var call in plan.PrepareSteps)
        {
            CallChecks.Check(plan, call, library, dim => CheckDim(dim, symbols, call.Kernel), isPreparation: true);
        }

        FlowChecks.Check(plan);
        foreach (var step in plan.Steps)
        {
            foreach (var dim in step.Dims)
            {
                CheckDim(dim, symbols, step is KernelCall { Kernel: var kernel } ? kernel : "a step");
            }

            if (step is KernelCall call)
            {
                CallChecks.Check(plan, call, library, dim => CheckDim(dim, symbols, call.Kernel), isPreparation: false);
            }
        }
    }

    internal static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new FormatException(message);
        }
    }

    private static HashSet<string> CheckSymbols(ModelPlan plan)
    {
        var inputs = plan.Buffers.Count(buffer => buffer.Storage == Storage.Input);
        var symbols = new HashSet<string>();
        foreach (var symbol in plan.Symbols)
        {
            CheckDim(symbol.Divisor, symbols, $"the divisor of symbol '{symbol.Name}'");
            Require(symbol.Input >= PlanSymbol.BoundByStep && symbol.Input < inputs, $"symbol '{symbol.Name}' names input {symbol.Input}, which does not exist.");
            Require(symbol.Min >= (symbol.IsBoundByStep ? int.MinValue : 0) && symbol.Min <= int.MaxValue && symbol.Max >= symbol.Min, $"symbol '{symbol.Name}' has the impossible range {symbol.Min} to {symbol.Max}.");
            Require(symbols.Add(symbol.Name), $"symbol '{symbol.Name}' exists twice.");
        }

        return symbols;
    }

    private static void CheckBuffer(ModelPlan plan, PlanBuffer buffer, HashSet<string> symbols)
    {
        Require(buffer.Type.IsSupported(), $"buffer '{buffer.Name}' has element type {buffer.Type.ShortName()}, which no buffer can hold.");
        Require(buffer.Type != ElementType.String || buffer.Storage is not (Storage.Arena or Storage.Prepared), $"buffer '{buffer.Name}' is text, which is not kept in storage {buffer.Storage}.");
        foreach (var dim in buffer.Shape)
        {
            CheckDim(dim, symbols, $"the shape of buffer '{buffer.Name}'");
        }

        var length = buffer.Length;
        var bytes = length * buffer.Type.SizeInBytes();
        Require(!length.IsConstant || length.Constant is >= 0 and <= int.MaxValue, $"buffer '{buffer.Name}' has {length} values, which no span can hold.");
        Require(buffer.Offset is >= 0 and <= int.MaxValue && buffer.Offset % Math.Max(1, buffer.Type.SizeInBytes()) == 0, $"buffer '{buffer.Name}' has the impossible offset {buffer.Offset}.");
        switch (buffer.Storage)
        {
            case Storage.Constant:
            case Storage.Prepared:
                var limit = buffer.Storage == Storage.Constant ? plan.Weights.Length : plan.PreparedLength;
                Require(
                    length.IsConstant && buffer.Offset + bytes.Constant <= limit,
                    $"buffer '{buffer.Name}' ({bytes} bytes from {buffer.Offset}) exceeds the {limit} bytes of its memory.");
                break;
            case Storage.Late:
                Require(buffer.Slot is >= 0 and <= ushort.MaxValue && buffer.Offset == 0, $"buffer '{buffer.Name}' has the impossible place {buffer.Slot}, {buffer.Offset}.");
                break;
            case Storage.Arena:
                Require(buffer.Slot >= 0 && buffer.Slot < plan.Slots.Count, $"buffer '{buffer.Name}' names slot {buffer.Slot}, which does not exist.");
                var slot = plan.Slots[buffer.Slot];
                Require(
                    !slot.IsConstant || (length.IsConstant && buffer.Offset + bytes.Constant <= slot.Constant),
                    $"buffer '{buffer.Name}' ({bytes} bytes from {buffer.Offset}) exceeds the {slot} bytes of slot {buffer.Slot}.");
                break;
        }
    }

    private static void CheckDim(Dim dim, HashSet<string> symbols, string where)
    {
        foreach (var symbol in dim.Symbols)
        {
            Require(symbols.Contains(symbol), $"{where} names symbol '{symbol}', which is not known there.");
        }
    }
}
