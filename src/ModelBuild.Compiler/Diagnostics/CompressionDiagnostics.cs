using ModelBuild.Onnx.Diagnostics;

namespace ModelBuild.Compiler.Diagnostics;

/// <summary>MB3xxx: calibration, compression and accuracy. MB300x and MB301x are about samples and labels, MB302x about the quality that was asked for, MB303x about what was not done.</summary>
internal static class CompressionDiagnostics
{
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;
    private const DiagnosticSeverity Warning = DiagnosticSeverity.Warning;

    /// <summary>{0}: the path.</summary>
    public static readonly DiagnosticDescriptor SamplesNotFound = new("MB3001", Error, "A calibration file does not exist",
        "the calibration file {0} does not exist", "Check the path, which is relative to the project.");

    /// <summary>{0}: the pattern.</summary>
    public static readonly DiagnosticDescriptor NoFileMatches = new("MB3002", Error, "No calibration file matches a pattern",
        "no file matches {0} of Calibration", "Check the pattern, which is relative to the project; * and ? match within one name, ** any folders.");

    /// <summary>{0}: the path; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor SamplesUnreadable = new("MB3003", Error, "A calibration file cannot be read",
        "the calibration file {0} cannot be read: {1}", "Write the samples with numpy.save or numpy.savez, as numbers.");

    /// <summary>{0}: the file; {1}: the input; {2}: expected; {3}: found.</summary>
    public static readonly DiagnosticDescriptor SamplesMisshapen = new("MB3004", Error, "Calibration samples have the wrong shape",
        "{0} does not hold samples for input {1}: expected an array of {2}, found [{3}]", "Stack the samples along the first axis.");

    /// <summary>{0}: the file; {1}: the input; {2}: its type; {3}: type found; {4}: the first value that would change.</summary>
    public static readonly DiagnosticDescriptor SamplesInexact = new("MB3005", Error, "Calibration samples have the wrong type",
        "{0} holds {3}, and its value {4} is not a value of type {2}, which input {1} has", "Convert the array to the input's type before saving it.");

    /// <summary>{0}: the file; {1}: the name given; {2}: the model's inputs.</summary>
    public static readonly DiagnosticDescriptor NotAnInput = new("MB3006", Error, "Calibration samples are for no input of the model",
        "{0} names input {1}; the model has {2}", "Use the names of the model's inputs.");

    /// <summary>{0}: the inputs without samples.</summary>
    public static readonly DiagnosticDescriptor SamplesMissing = new("MB3007", Error, "An input has no calibration samples",
        "there are no calibration samples for {0}", "Give one .npz file with an array per input, or name=path for each input.");

    /// <summary>{0}: inputs with their numbers of samples.</summary>
    public static readonly DiagnosticDescriptor SampleCountsDiffer = new("MB3008", Error, "Inputs have different numbers of calibration samples",
        "the inputs have different numbers of samples: {0}", "Sample i of every input belongs together: give equally many.");

    /// <summary>{0}: the file; {1}: index; {2}: the value.</summary>
    public static readonly DiagnosticDescriptor SamplesNotFinite = new("MB3009", Error, "Calibration samples are not finite",
        "{0} holds {2} at element {1}", "Remove the sample: a range cannot be taken from it.");

    /// <summary>{0}: why.</summary>
    public static readonly DiagnosticDescriptor NoSamples = new("MB3010", Error, "There are not enough calibration samples",
        "{0}", "Give at least one sample; a few hundred make good ranges.");

    /// <summary>{0}: the path; {1}: what is wrong.</summary>
    public static readonly DiagnosticDescriptor LabelsUnusable = new("MB3011", Error, "The labels cannot be used",
        "the labels {0} cannot be used: {1}", "Save one class number for each calibration sample as a one-dimensional array of integers.");

    /// <summary>{0}: what the run says.</summary>
    public static readonly DiagnosticDescriptor RunFailed = new("MB3012", Error, "The model does not run on the calibration samples",
        "the model cannot be run on the calibration samples: {0}", "Check that the samples have the sizes that the model accepts.");

    /// <summary>{0}: the output; {1}: found; {2}: wanted.</summary>
    public static readonly DiagnosticDescriptor SqnrTooSmall = new("MB3020", Error, "The compressed model differs too much",
        "output {0} has a signal-to-noise ratio of {1} dB, and MinSqnr asks for {2} dB", "Use more Bits (for some layers: Bits=\"8;LAYER=32\"), less Sparsity or more calibration samples; the report lists each layer's share.");

    /// <summary>{0}: before; {1}: after; {2}: allowed.</summary>
    public static readonly DiagnosticDescriptor AccuracyDropTooLarge = new("MB3021", Error, "The compressed model loses too much accuracy",
        "accuracy falls from {0} % to {1} %, and MaxAccuracyDrop allows {2} points", "Use more Bits (for some layers: Bits=\"8;LAYER=32\"), less Sparsity or more calibration samples; the report lists each layer's share.");

    /// <summary>{0}: the option.</summary>
    public static readonly DiagnosticDescriptor NothingCompressed = new("MB3030", Warning, "Nothing in the model can be compressed",
        "{0} has no effect: the model has no layer with constant weights that it applies to", "Remove the option.");

    /// <summary>{0}: why.</summary>
    public static readonly DiagnosticDescriptor NotExported = new("MB3031", Warning, "The compressed model cannot be written as ONNX",
        "the .optimized.onnx file is not written: {0}", "Convert the model to a newer operator set, or do without the file; the compiled class is not affected.");
}
