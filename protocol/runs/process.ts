/** Which process is which: a pid alone may have been given to another process since. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import type { RunRecord } from '../generated/run';

/** This process, as a run's record names it. */
export function thisProcess(): RunRecord['process'] {
  return { pid: process.pid, host: hostname(), started: startTime(process.pid) ?? '' };
}

/**
 * An opaque text that is the same as long as the process lives and different for a later process with its pid.
 * Undefined where there is no such process, or where the system does not tell.
 */
export function startTime(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return linuxStartTime(pid);
    if (process.platform === 'win32') {
      return ask('powershell.exe', [
        '-NoProfile',
        '-Command',
        `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
      ]);
    }
    return ask('ps', ['-o', 'lstart=', '-p', String(pid)]);
  } catch {
    return undefined; // No such process, or nobody to ask: `isAlive` then goes by the pid.
  }
}

/** Field 22 of /proc/pid/stat: clock ticks since boot (proc(5)); the boot's id tells boots apart. */
function linuxStartTime(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The command's name stands in brackets and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined; // Dead, and only not yet collected by its parent.
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${fields[19]}@${boot}`;
}

function ask(command: string, args: string[]): string | undefined {
  const text = execFileSync(command, args, {
    encoding: 'utf8',
    timeout: 5000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return text.trim() || undefined;
}

export function isAlive(record: RunRecord['process']): boolean {
  const now = startTime(record.pid);
  if (now !== undefined && record.started) return now === record.started;
  if (process.platform === 'linux') return false;
  try {
    process.kill(record.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function isThisHost(record: RunRecord['process']): boolean {
  return record.host === hostname();
}
