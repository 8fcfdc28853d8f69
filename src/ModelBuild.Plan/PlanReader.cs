using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>Reads what <see cref="PlanWriter"/> writes.</summary>
public static class PlanReader
{
    /// <summary>Reads a plan.</summary>
    /// <exception cref="FormatException">The text is not a plan of this version; the message names the line.</exception>
    public static ModelPlan Read(string text)
    {
        var builder = new PlanBuilder();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            try
            {
                var fields = new FieldReader(line);
                if (!fields.AtEnd)
                {
                    builder.Add(fields);
                }
            }
            catch (Exception exception) when (exception is FormatException or ArithmeticException)
            {
                throw new FormatException($"Line {number} of the plan: {exception.Message}", exception);
            }
        }

        return builder.Build();
    }

    private sealed class PlanBuilder
    {
        private readonly List<string> _summary = [];
        private readonly List<PlanSymbol> _symbols = [];
        private readonly List<PlanBuffer> _buffers = [];
        private readonly List<PlanState> _states = [];
        private readonly List<PlanDefault> _defaults = [];
        private readonly List<Dim> _slots = [];
        private readonly List<PlanStep> _prepareSteps = [];
        private readonly List<PlanStep> _steps = [];
        private List<PlanStep>? _current;
        private string? _key;
        private ModelSource? _source;
        private (string Name, string Namespace)? _class;
        private WeightsFile? _weights;
        private long _preparedLength;
        private int _threads = 1;

        public void Add(FieldReader line)
        {
            var keyword = line.Word();
            if (_key is null && keyword != PlanWriter.Magic)
            {
                throw new FormatException($"a plan of this version starts with '{PlanWriter.Magic}'.");
            }

            switch (keyword)
            {
                case PlanWriter.Magic:
                    _key = line.Word();
                    break;
                case "source":
                    _source = new ModelSource(line.Text(), line.Word(), line.Text(), line.Text());
                    break;
                case "class":
                    _class = (line.Word(), line.Text());
                    break;
                case "threads":
                    _threads = line.Int32();
                    break;
                case "weights":
                    _weights = new WeightsFile(line.Text(), line.Number(), line.Word());
                    break;
                case "prepared":
                    _preparedLength = line.Number();
                    break;
                case "summary":
                    _summary.Add(line.Text());
                    break;
                case "symbol":
                    _symbols.Add(new PlanSymbol(line.Word(), line.Text(), line.Number(), line.Number(), line.Int32(), DimParser.Parse(line.Word())));
                    break;
                case "slot":
                    _slots.Add(DimParser.Parse(line.Word()));
                    break;
                case "buffer":
                    _buffers.Add(new PlanBuffer(
                        line.Word(), line.Text(), ElementTypes.Parse(line.Word()), Shape(line.Word()), ParseStorage(line.Word()), line.Int32(), line.Number(), line.Text()));
                    break;
                case "state":
                    _states.Add(new PlanState(line.Int32(), line.Int32()));
                    break;
                case "default":
                    _defaults.Add(new PlanDefault(line.Int32(), line.Int32()));
                    break;
                case "prepare":
                    Add(_prepareSteps, ReadCall(line));
                    break;
                case "call":
                    Add(_steps, ReadCall(line));
                    break;
                case "bind":
                    Add(_steps, new BindStep(line.Word(), BufferNumber(line.Word()), line.Int32(), line.Word() == "saturate", [], string.Empty));
                    break;
                case "assign":
                    Add(_steps, new AssignStep(ReadAssignments(line), [], string.Empty));
                    break;
                case "require":
                    Add(_steps, new RequireStep(DimParser.Parse(line.Word()), [], string.Empty));
                    break;
                case "if":
                    Add(_steps, new IfStep(BufferNumber(line.Word()), [], string.Empty));
                    break;
                case "else":
                    Add(_steps, new ElseStep());
                    break;
                case "loop":
                    Add(_steps, ReadLoop(line.Word(), line.Word(), line.Word()));
                    break;
                case "end":
                    Add(_steps, new EndStep());
                    break;
                case "from":
                    Amend(step => step with { Nodes = line.Texts() });
                    break;
                case "note":
                    Amend(step => step with { Note = line.Text() });
                    break;
                case "parts":
                    var (parts, brief) = (DimParser.Parse(line.Word()), DimParser.Parse(line.Word()));
                    Amend(step => step is KernelCall call ? call with { Parts = parts, BriefParts = brief } : throw new FormatException("only a call has parts."));
                    break;
                default:
                    throw new FormatException($"'{keyword}' is not a keyword.");
            }

            line.End();
        }

        public ModelPlan Build() => new()
        {
            Key = _key ?? throw new FormatException("The plan is empty."),
            Source = _source ?? throw Missing("source"),
            ClassName = (_class ?? throw Missing("class")).Name,
            Namespace = _class.Value.Namespace,
            Summary = _summary,
            Symbols = _symbols,
            Buffers = _buffers,
            States = _states,
            Defaults = _defaults,
            Slots = _slots,
            Weights = _weights ?? throw Missing("weights"),
            PreparedLength = _preparedLength,
            PrepareSteps = [.. _prepareSteps.Cast<KernelCall>()],
            Steps = _steps,
            Threads = _threads,
        };

        private static FormatException Missing(string keyword) => new($"The plan has no '{keyword}' line.");

        private static Storage ParseStorage(string word) =>
            Enum.GetValues(typeof(Storage)).Cast<Storage>().Where(storage => PlanWriter.StorageName(storage) == word).Select(storage => (Storage?)storage).FirstOrDefault()
            ?? throw new FormatException($"'{word}' is not a storage.");

        private static IReadOnlyList<Dim> Shape(string word)
        {
            if (!word.StartsWith("[", StringComparison.Ordinal) || !word.EndsWith("]", StringComparison.Ordinal))
            {
                throw new FormatException($"'{word}' is not a shape.");
            }

            return [.. FieldReader.SplitOutsideParentheses(word.Substring(1, word.Length - 2), ',').Select(DimParser.Parse)];
        }

        private static KernelCall ReadCall(FieldReader line)
        {
            var kernel = line.Word();
            var open = kernel.IndexOf('<');
            var types = open < 0 ? [] : TypeReference.ParseList(Between(kernel, open, '>'));
            var arguments = new List<Argument>();
            while (!line.AtEnd)
            {
                arguments.Add(ParseArgument(line.Word()));
            }

            return new KernelCall(open < 0 ? kernel : kernel.Substring(0, open), types, arguments, [], string.Empty);
        }

        private static List<SymbolAssignment> ReadAssignments(FieldReader line)
        {
            var assignments = new List<SymbolAssignment>();
            while (!line.AtEnd)
            {
                var (symbol, value) = Split(line.Word());
                assignments.Add(new SymbolAssignment(symbol, DimParser.Parse(value)));
            }

            return assignments;
        }

        private static LoopStep ReadLoop(string iteration, string trips, string condition) =>
            new(iteration, trips == "-" ? null : DimParser.Parse(trips), condition == "-" ? -1 : BufferNumber(condition), [], string.Empty);

        private static int BufferNumber(string word) =>
            word.StartsWith("<", StringComparison.Ordinal) ? new FieldReader(word.Substring(1)).Int32() : throw new FormatException($"'{word}' is not a buffer.");

        private void Add(List<PlanStep> steps, PlanStep step)
        {
            steps.Add(step);
            _current = steps;
        }

        private void Amend(Func<PlanStep, PlanStep> change)
        {
            if (_current is null)
            {
                throw new FormatException("there is no step that this line could belong to.");
            }

            _current[_current.Count - 1] = change(_current[_current.Count - 1]);
        }

        private static Argument ParseArgument(string word)
        {
            var (name, value) = Split(word);
            if (value.StartsWith("<", StringComparison.Ordinal) || value.StartsWith(">", StringComparison.Ordinal))
            {
                return new BufferArgument(name, new FieldReader(value.Substring(1)).Int32(), value[0] == '>');
            }

            var open = value.IndexOf('{');
            if (open < 0)
            {
                return new ScalarArgument(name, Scalar.Parse(value));
            }

            var fields = Between(value, open, '}').Split([';'], StringSplitOptions.RemoveEmptyEntries);
            return new StructArgument(
                name,
                TypeReference.Parse(value.Substring(0, open)),
                [.. fields.Select(Split).Select(field => new StructField(field.Name, Scalar.Parse(field.Value)))]);
        }

        // What stands between the bracket at a position and the closing one, which must be the last character.
        private static string Between(string word, int open, char close) => word[word.Length - 1] == close
            ? word.Substring(open + 1, word.Length - open - 2)
            : throw new FormatException($"'{word}' does not end with '{close}'.");

        private static (string Name, string Value) Split(string word)
        {
            var equals = word.IndexOf('=');
            return equals > 0 ? (word.Substring(0, equals), word.Substring(equals + 1)) : throw new FormatException($"'{word}' is not an argument.");
        }
    }
}
